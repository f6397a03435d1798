"""Every kind of notice on one screen: its name and its sentence (message id with slots)."""

from dataclasses import dataclass

from review_app.errors import N_


@dataclass(frozen=True)
class Kind:
    """``subject`` and ``sentence`` are message ids; their slots are filled from the notice's facts."""

    subject: str
    sentence: str


KINDS: dict[str, Kind] = {
    "draw-witness": Kind(N_("请您见证抽选"), N_("评查项目%(review_no)s已发起专家抽选，请您登录核对并见证。")),
    "plan-witness": Kind(N_("请您见证批量编组的抽签"), N_("编组计划（第%(number)s号，%(count)s件评查项目）已公布承诺值和随机数，请您登录核对并见证。")),
    "plan-drawn": Kind(N_("批量编组已完成"), N_("编组计划（第%(number)s号）的%(count)s个评查组已一次组成。")),
    "plan-refused": Kind(N_("批量编组没有组成"), N_("编组计划（第%(number)s号）在抽签前数据有变化，一个评查组也没有组成，请打开查看并重新编排。")),
    "panel-drawn": Kind(N_("您被抽选为评查专家"), N_("经随机抽取，请您参加评查项目%(review_no)s，并于%(due)s前完成回避声明和保密承诺。")),
    "answer-overdue": Kind(N_("有专家逾期未答复"), N_("评查项目%(review_no)s有专家未在%(due)s前签署声明，请决定是否由候补专家递补。")),
    "answer-replaced": Kind(N_("逾期未答复的席位已递补"), N_("评查项目%(review_no)s有专家未在%(due)s前签署声明，席位已按原次序递补。")),
    "answer-declined": Kind(N_("有专家谢绝参加评查"), N_("评查项目%(review_no)s有专家通过答复链接谢绝参加，请查看席位递补情况。")),
    "panel-named": Kind(N_("评查组名单告知"), N_("评查项目%(review_no)s的专家名单已确定，如需申请回避，请于%(due)s前提出。")),
    "member-released": Kind(N_("您不再参加评查"), N_("您不再参加评查项目%(review_no)s：%(why)s。")),
    "recusal-requested": Kind(N_("有一件回避申请待决定"), N_("评查项目%(review_no)s收到回避申请，请于%(due)s前作出决定。")),
    "recusal-decided": Kind(N_("回避申请已决定"), N_("评查项目%(review_no)s的回避申请已作出决定。")),
    "conflict-changed": Kind(N_("在组专家的回避审查结果有变化"), N_("评查项目%(review_no)s的资料有变动，在组专家的回避审查结果与以前不同，请及时处理。")),
    "conflict-second": Kind(N_("有一项回避意见待您确认"), N_("评查项目%(review_no)s有一项回避审查意见需要第二人确认，请登录核对。")),
    "conflict-seconded": Kind(N_("您的回避审查意见已有答复"), N_("评查项目%(review_no)s的一项回避审查意见，第二人已作出答复。")),
    "form-open": Kind(N_("评查表已开放"), N_("评查项目%(review_no)s可以阅卷评查，请于%(due)s前提交评查表。")),
    "form-reminder": Kind(N_("评查表即将到期"), N_("评查项目%(review_no)s的评查表将于%(due)s到期，请及时提交。")),
    "form-overdue": Kind(N_("评查表已逾期"), N_("评查项目%(review_no)s的评查表已于%(due)s到期，请立即提交或者联系协调员。")),
    "withdrawal-asked": Kind(N_("有一件撤回评查表的申请待决定"), N_("评查项目%(review_no)s有成员申请撤回已签名的评查表，请决定。")),
    "withdrawal-decided": Kind(N_("撤回评查表的申请已决定"), N_("评查项目%(review_no)s：您撤回评查表的申请已有决定，请打开评查表查看。")),
    "all-signed": Kind(N_("评查表已全部签名"), N_("评查项目%(review_no)s的评查表已全部签名，请主评人汇总。")),
    "objection-open": Kind(N_("请对评查发现提出意见"), N_("评查项目%(review_no)s的评查发现已送达，请于%(due)s前提出异议或者表示无异议。")),
    "deliberation-open": Kind(N_("研讨通知"), N_("评查项目%(review_no)s进入研讨，请按时参加并投票。")),
    "discussion-opened": Kind(N_("有分歧较大的事项待讨论"), N_("评查项目%(review_no)s有%(count)s个事项各成员扣分相差较大，已自动列入讨论，请登录平台发表意见。")),
    "discussion-mention": Kind(N_("讨论中有人提醒您"), N_("评查项目%(review_no)s的讨论中有人提醒您查看，请登录平台。")),
    "opinion-sign": Kind(N_("请签署评查意见书"), N_("评查项目%(review_no)s的评查意见书已起草，请核对并签名。")),
    "opinion-remark": Kind(N_("评查意见书有新的修改意见"), N_("评查项目%(review_no)s的评查意见书有成员提出修改意见，请处理。")),
    "opinion-release": Kind(N_("评查意见书待签发"), N_("评查项目%(review_no)s的评查意见书已提交签发。")),
    "opinion-returned": Kind(N_("评查意见书被退回补正"), N_("评查项目%(review_no)s的评查意见书被退回补正：%(why)s")),
    "opinion-issued": Kind(N_("评查意见书已印发"), N_("评查项目%(review_no)s的评查意见书%(number)s已印发，请于%(due)s前回复整改情况。")),
    "reply-received": Kind(N_("整改回复已收到"), N_("评查项目%(review_no)s的被评查单位已回复整改情况。")),
    "secrecy-mark": Kind(N_("有人上传带有国家秘密标志的文件"), N_("评查项目%(review_no)s：%(who)s上传的一份文件带有国家秘密标志，已被拒收。请立即核实并按保密规定处理。")),
    "reply-reminder": Kind(N_("整改回复即将到期"), N_("评查项目%(review_no)s的整改回复应于%(due)s前提交。")),
    "reply-overdue": Kind(N_("整改回复已逾期"), N_("评查项目%(review_no)s的整改回复应于%(due)s前提交，现已逾期。")),
    "task-reminder": Kind(N_("后续事项即将到期"), N_("评查项目%(review_no)s有后续事项应于%(due)s前完成。")),
    "task-overdue": Kind(N_("后续事项已逾期"), N_("评查项目%(review_no)s有后续事项应于%(due)s前完成，现已逾期。")),
    "clock-orange": Kind(N_("期限将至"), N_("评查项目%(review_no)s：%(step_name)s应于%(due)s前完成。")),
    "clock-red": Kind(N_("期限已过"), N_("评查项目%(review_no)s：%(step_name)s应于%(due)s前完成，现已逾期。")),
    "interference-due": Kind(N_("请编制过问情况季度报告"), N_("请编制%(number)s季度的过问情况报告（没有过问的作零报告），并于%(due)s前报送。")),
    "interference-overdue": Kind(N_("过问情况季度报告已逾期"), N_("%(number)s季度的过问情况报告（没有过问的作零报告）应于%(due)s前报送，现已逾期。")),
    "own-case-check": Kind(N_("有一件入库案例待复核"), N_("评查项目%(review_no)s的去标识化案例待您复核。")),
    "own-case-returned": Kind(N_("入库案例被退回"), N_("评查项目%(review_no)s的去标识化案例被退回，请按退回理由修改。")),
    "own-case-published": Kind(N_("评查案例已入库"), N_("评查项目%(review_no)s的去标识化案例已经复核入库。")),
    "saved-search-hits": Kind(N_("已存检索有新案例"), N_("您保存的检索（第%(number)s号）找到%(count)s件新案例。")),
    "saved-search-broken": Kind(N_("已存检索未能执行"), N_("您保存的检索（第%(number)s号）这次未能执行。检索已保留，原因和处理办法请打开查看；恢复以后补报期间的新案例。")),
}  # fmt: skip
