"""The specialty that a case's own kind prefers among those that match its template."""

WORDS = {
    "劳动": ("劳动", "工伤", "社会保险"),
    "婚姻家庭": ("离婚", "婚姻", "继承", "抚养", "赡养", "收养", "彩礼"),
    "侵权": ("侵权", "人身损害", "交通事故责任", "产品责任", "医疗损害", "生命权", "健康权", "身体权"),
    "物权土地": ("物权", "土地", "相邻", "宅基地", "排除妨害", "所有权", "承包经营"),
    "民事合同": ("合同", "借贷", "买卖", "租赁", "保证", "债权"),
}


def preferred_specialties(template: str, subkind: str, cause: str) -> tuple[str, ...]:
    """For civil cases the specialty of the sub-kind: as named, else as the cause of action tells."""
    if template != "CIV":
        return ()
    for text in (subkind, cause):
        for specialty, words in WORDS.items():
            if specialty in text or any(word in text for word in words):
                return (specialty,)
    return ()
