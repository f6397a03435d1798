"""Words for the actions of the log; an action without words is shown as it is stored."""

from flask_babel import gettext

from review_app.errors import N_

SUBJECTS = {
    "person": N_("人员"), "role": N_("角色"), "password": N_("密码"), "sign-in": N_("登录"), "sign-out": N_("退出登录"),
    "refused": N_("拒绝的访问"), "organisation": N_("单位"), "review": N_("评查项目"), "files": N_("卷宗"),
    "expert": N_("专家"), "panel": N_("评查组"), "draw": N_("抽选"), "seat": N_("席位"), "recusal": N_("回避"),
    "form": N_("评查表"), "finding": N_("问题"), "ballot": N_("表决"), "objection": N_("异议"),
    "deliberation": N_("研讨"), "hearing": N_("听取意见"), "dissent": N_("不同意见"), "opinion": N_("评查意见书"),
    "document": N_("文书"), "precedent": N_("案例"), "precedents": N_("案例"), "reply": N_("整改回复"),
    "task": N_("后续事项"), "resolution": N_("化解记录"), "termination": N_("终结材料"), "evidence": N_("证明文件"),
    "secrets": N_("评议秘密"), "consolidation": N_("汇总"), "result": N_("评查结果"), "route": N_("法定程序"),
}  # fmt: skip

VERBS = {
    "add": N_("新增"), "create": N_("登记"), "grant": N_("授予"), "approve": N_("批准"), "end": N_("终止"),
    "change": N_("修改"), "reset": N_("重置"), "disable": N_("停用"), "fail": N_("失败"), "move": N_("转换状态"),
    "register": N_("修改登记"), "upload": N_("上传"), "download": N_("下载"), "read": N_("阅读"), "refused": N_("拒收"),
    "rename": N_("改名"), "withdraw": N_("撤出"), "open": N_("开放"), "close": N_("停用"), "sign": N_("签名"),
    "submit": N_("提交"), "save": N_("保存"), "record": N_("登记"), "reopen": N_("恢复"), "plan": N_("安排"),
    "settle": N_("办结"), "release": N_("签发"), "return": N_("退回"), "issue": N_("印发"), "cast": N_("投票"),
    "audit-read": N_("审计查阅"), "decide": N_("决定"), "request": N_("申请"), "commit": N_("承诺"),
    "draw": N_("抽取"), "accept": N_("接受"), "decline": N_("谢绝"), "state": N_("声明"), "merge": N_("合并"),
    "import": N_("导入"), "search": N_("检索"), "lock": N_("锁定"), "add_volume": N_("登记卷宗"),
}  # fmt: skip


def action_words(action: str) -> str:
    """``form.sign`` as 评查表：签名."""
    subject, _, verb = action.partition(".")
    if subject not in SUBJECTS or (verb and verb not in VERBS):
        return action
    words: str = gettext(SUBJECTS[subject])
    return f"{words}：{gettext(VERBS[verb])}" if verb else words
