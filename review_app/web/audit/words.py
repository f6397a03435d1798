"""Words for the actions of the log: ``<subject>.<verb>``."""

from flask_babel import gettext

from review_app.errors import N_

SUBJECTS = {
    "person": N_("人员"), "role": N_("角色"), "password": N_("密码"), "sign-in": N_("登录"), "sign-out": N_("退出登录"), "sign": N_("签名"),
    "refused": N_("拒绝的访问"), "organisation": N_("单位"), "review": N_("评查项目"), "files": N_("卷宗"),
    "expert": N_("专家"), "panel": N_("评查组"), "draw": N_("抽选"), "recusal": N_("回避"), "invitation": N_("答复链接"), "conflict": N_("利益冲突"),
    "statement": N_("回避声明"), "form": N_("评查表"), "finding": N_("问题"), "ballot": N_("表决"),
    "objection": N_("异议"), "hearing": N_("听取意见"), "interview": N_("信访人谈话"), "deliberation": N_("研讨"),
    "dissent": N_("不同意见"), "discussion": N_("讨论"), "advice": N_("处理建议"), "escalation": N_("提级"), "intervention": N_("过问记录"),
    "result": N_("评查结果"), "opinion": N_("评查意见书"), "document": N_("文书"), "precedents": N_("类案"), "statutes": N_("法规"),
    "reply": N_("整改回复"), "task": N_("后续事项"), "resolution": N_("化解记录"), "termination": N_("终结材料"),
    "evidence": N_("证明文件"), "saved_searches": N_("已存检索"), "own_cases": N_("评查案例入库"),
    "plan": N_("编组计划"), "plan-draw": N_("计划抽签"),
    "case-person": N_("案件人员"), "form-template": N_("评查表模板"), "second-factor": N_("两步验证"), "archive": N_("归档包"), "agreement": N_("评分一致性"), "interference": N_("过问情况报告"),
}  # fmt: skip

VERBS = {
    "accept": N_("接受"), "activate": N_("启用"), "recovery": N_("使用恢复码"), "add": N_("新增"), "add_submission": N_("登记提交的案例"), "add_volume": N_("登记卷宗"), "announce": N_("公布名单"),
    "answer": N_("答复"), "begin": N_("开始准备"), "correct": N_("更正"), "approve": N_("批准"), "ask-again": N_("申请复议"), "audit-read": N_("审计查阅"),
    "carry-out": N_("实施抽取"), "cast": N_("投票"), "change": N_("修改"), "choose_hit": N_("选入案例"),
    "close": N_("停用"), "compare_hit": N_("比较案例"), "conclude": N_("写明结论"), "create": N_("登记"),
    "decide": N_("决定"), "decide-again": N_("复议决定"), "declare": N_("申报"), "decline": N_("不签署"),
    "deliver": N_("送达"), "disable": N_("停用"), "download": N_("下载"), "draft": N_("起草"), "drop": N_("撤销"),
    "drop_search": N_("移除检索记录"), "edit": N_("修改"), "employment": N_("任职登记"), "end": N_("终止"),
    "enlarge": N_("扩大评查组"), "escalate": N_("提级"), "fail": N_("失败"), "grant": N_("授予"),
    "hand-in": N_("提交"), "import": N_("导入"), "invite": N_("邀请"), "keep": N_("保存"),
    "keep_search": N_("记入检索"), "known": N_("登记"), "leave": N_("退出"), "lock": N_("锁定"), "merge": N_("合并"),
    "minutes": N_("记录"), "move": N_("转换状态"), "no_self_review": N_("说明没有自评表"), "nonce": N_("输入随机数"),
    "number": N_("编号"), "office": N_("办公室会议"), "open": N_("开放"), "open_report": N_("起草报告"),
    "pause": N_("暂停提醒"), "plan": N_("安排"), "read": N_("阅读"), "record": N_("登记"), "refused": N_("拒收"), "register": N_("修改登记"),
    "released": N_("签发"), "remove": N_("移除"), "remove_hit": N_("移除案例"), "remove_submission": N_("移除提交的案例"), "rename": N_("改名"),
    "reopen": N_("恢复"), "replace": N_("递补"), "reply": N_("答复"), "request": N_("申请"), "reset": N_("重置"), "resume": N_("恢复提醒"),
    "preparing": N_("退回修改"), "checking": N_("提交复核"), "published": N_("入库"), "withdrawn": N_("撤出"),
    "dropped": N_("撤销"), "respond": N_("回应提交的案例"), "restore": N_("恢复"),
    "returned": N_("退回"), "role": N_("确定席位"), "save": N_("保存"), "secrecy_mark": N_("带有国家秘密标志"),
    "settle": N_("办结"), "sign": N_("签名"), "sign_report": N_("签署报告"), "skip_tiers": N_("说明未检索的层级"), "split": N_("拆分"),
    "stage": N_("进入下一阶段"), "stance": N_("表明最后态度"), "status": N_("变更状态"), "step": N_("变更状态"), "submit": N_("提交"),
    "send": N_("发送"), "reconsider": N_("谢绝后又愿意参加"), "pass-over": N_("逾期未答复，由下一位递补"), "tell": N_("告知名单"), "tie": N_("关系登记"), "tie-withdraw": N_("撤回关系"), "update": N_("修改"),
    "upload": N_("上传"), "void": N_("作废"), "waive": N_("放弃申请回避"), "withdraw": N_("撤出"),
    "credential": N_("证件登记"), "credential-verify": N_("证件核验"), "credential-withdraw": N_("证件撤销"),
    "leave-end": N_("结束请假"), "letter": N_("制发聘书、证明"), "letter-read": N_("下载聘书、证明"),
    "ask": N_("申请修改档案"), "ask-decide": N_("审核修改申请"), "ask-withdraw": N_("撤回修改申请"),
    "remark": N_("提出修改意见"), "remark-adopted": N_("采纳修改意见"), "remark-declined": N_("不采纳修改意见"), "remark-withdrawn": N_("撤回修改意见"), "download_changes": N_("下载修订对照"),
    "resolve": N_("标为已解决"), "write": N_("发言"), "word": N_("确认表述"), "propose": N_("编排方案"), "choose": N_("移入移出项目"), "what-if": N_("试算指定专家"),
    "second": N_("第二人答复"), "recheck": N_("复核结果有变化"), "find": N_("从卷宗中查找"), "take": N_("采用"),
    "dismiss": N_("不采用"), "stop": N_("取消计算"), "give-up": N_("放弃"), "refuse": N_("情况有变化未组成"), "witness": N_("见证"), "withdrawal-ask": N_("申请撤回签名"), "withdrawal-decide": N_("决定撤回申请"), "copy": N_("由撤回的一版抄录"), "export": N_("导出记录"), "raters": N_("查看专家宽严"), "issue": N_("制发"),
}  # fmt: skip


def action_words(action: str) -> str:
    """``form.sign`` as 评查表：签名; an action without words as it is stored."""
    subject, _, verb = action.partition(".")
    if subject not in SUBJECTS or (verb and verb not in VERBS):
        return action
    words: str = gettext(SUBJECTS[subject])
    return f"{words}：{gettext(VERBS[verb])}" if verb else words
