"""Written cases for the library's tests; nobody in them exists."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.precedents.drafts import Draft, draft_of_row
from review_app.precedents.models import Precedent
from review_app.precedents.service import catch_up_index, take_in
from review_app.precedents.states import Tier
from search_index.engine import SearchEngine
from tests import factories
from tests.browser import Browser

JUDGMENT = (
    "海东省青岚市柳泉区人民法院 刑事判决书 （2021）海0799刑初31号 公诉机关青岚市柳泉区人民检察院。 被告人孙某，男。 "
    "经审理查明，2020年8月14日，孙某驾驶货车与邢某骑行的电动自行车发生碰撞，孙某驶离现场四百米后返回并报警，邢某死亡。 "
    "本院认为，孙某违反交通运输管理法规，致一人死亡，其行为已构成交通肇事罪。孙某离开现场不具有逃避法律追究的目的，不构成逃逸，"
    "且已取得谅解，可以适用缓刑。依照《中华人民共和国刑法》第一百三十三条、第七十二条之规定，判决如下： "
    "被告人孙某犯交通肇事罪，判处有期徒刑一年六个月，缓刑二年。 如不服本判决，可以上诉。 审判长甲某 二〇二一年三月五日 书记员乙某"
)
INJURY = "职工在上班途中受到非本人主要责任的交通事故伤害，应当认定为工伤。<script>alert(1)</script> 用人单位应当支付工伤待遇。"


def draft(text: str = JUDGMENT, **row: object) -> Draft:
    values = {"title": "孙某交通肇事一审刑事判决书", "text": text, **row}
    return draft_of_row(values, tier=Tier.UPPER, licence_note="虚构")


def stored_case(session: Session, now: datetime, text: str = JUDGMENT, **row: object) -> Precedent:
    """A case in the library, not yet in the index."""
    made = draft(text, **row)
    take_in(session, [made], by=None, now=now)
    return next(each for each in session.query(Precedent).order_by(Precedent.id.desc()) if each.text == text)


def indexed(session: Session, engine: SearchEngine, now: datetime) -> None:
    """Bring everything into the index and keep it."""
    catch_up_index(session, engine, now=now)
    session.commit()


def signed_in(browser: Browser, session: Session, *roles: Role) -> Browser:
    person = factories.person(session, *roles)
    session.commit()
    return browser.sign_in(person)


def titles(browser: Browser) -> list[str]:
    return [each.get_text() for each in browser.page.select(".hit h2")]
