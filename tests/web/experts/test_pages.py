"""The pages of the expert pool."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.experts.models import Expert, ExpertTie
from review_app.experts.states import ExpertStatus
from tests import factories as make
from tests.browser import Browser

TABLE = "专家编号,姓名,类别,专业\nZJ-0901,张三,律师,民事;刑事\nZJ-0902,李四,厨师,刑事\n".encode()


@pytest.fixture
def coordinator(session: Session) -> Person:
    made = make.person(session, Role.COORD)
    session.commit()
    return made


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Expert)) or 0


def test_coordinator_enters_and_changes_an_expert(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    browser.sign_in(coordinator).get("/experts/new")
    browser.submit(
        "main form", {"name": "欧阳娜娜", "category": "LAWYER", "specialty1": "刑事", "specialty2": "执行"}
    )
    assert "专家已登记" in browser.text

    browser.follow("修改信息").submit("main form", {"post": "合伙人"})

    assert "合伙人" in browser.text
    assert session.scalar(select(Expert.specialties)) == ["刑事", "执行"]


def test_wrong_particulars_stand_beside_what_was_typed(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    browser.sign_in(coordinator).get("/experts/new")

    browser.submit("main form", {"name": "张三", "specialty1": "刑事", "id_number": "123"})

    assert "身份证号应当是18位" in browser.text
    field = browser.page.select_one("#name")
    assert field is not None
    assert field["value"] == "张三"
    assert count(session) == 0


def test_second_editor_is_shown_the_first_ones_change(
    browser: Browser, another_browser: Browser, session: Session, coordinator: Person
) -> None:
    expert = make.expert(session, "张三")
    session.commit()
    page = f"/experts/{expert.id}/edit"
    browser.sign_in(coordinator).get(page)
    another_browser.sign_in(coordinator).get(page).submit("main form", {"post": "主任"})

    browser.submit("main form", {"post": "合伙人"})

    assert "他人已保存为：主任" in browser.text
    field = browser.page.select_one("#post")
    assert field is not None
    assert field["value"] == "合伙人"
    browser.submit("main form")
    session.expire_all()
    assert expert.post == "合伙人"


def test_import_checks_first_and_writes_what_was_checked(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    browser.sign_in(coordinator).get("/experts/import")
    upload(browser)
    assert "没有“厨师”这个类别" in browser.text
    assert count(session) == 0

    browser.submit("#carry-form")

    assert "写入1人" in browser.text
    assert count(session) == 1


def upload(browser: Browser) -> None:
    browser.submit("#check-form", {"file": ("experts.csv", TABLE)})


def test_checked_rows_cannot_be_exchanged(browser: Browser, session: Session, coordinator: Person) -> None:
    browser.sign_in(coordinator).get("/experts/import")
    upload(browser)

    browser.submit("#carry-form", {"rows": '[[2, {"expert_no": "ZJ-1"}]]'})

    assert "检查结果已失效" in browser.text
    assert count(session) == 0


def test_unreadable_file_is_explained(browser: Browser, coordinator: Person) -> None:
    browser.sign_in(coordinator).get("/experts/import")

    browser.submit("#check-form", {"file": ("experts.xlsx", b"nonsense")})

    assert "无法读取该XLSX文件" in browser.text


def test_template_can_be_imported_again(browser: Browser, coordinator: Person) -> None:
    text = browser.sign_in(coordinator).get("/experts/import/template.csv").content.decode("utf-8-sig")

    assert text.startswith("专家编号,姓名,类别,单位")


def test_expert_keeps_his_own_record(browser: Browser, session: Session) -> None:
    expert = make.expert(session, "张三", ties_declared_at=None)
    assert expert.person is not None
    session.commit()
    browser.sign_in(expert.person).get("/experts")
    assert browser.url == f"/experts/{expert.id}"

    browser.submit("#tie-form", {"kind": "SPOUSE", "name": "王五", "practises_law": "y"})
    assert "王五" in browser.text
    browser.submit(f"form[action='/experts/{expert.id}/declaration']")

    assert "确认申报完整" in browser.text
    session.expire_all()
    assert session.scalars(select(ExpertTie)).one().practises_law
    assert expert.ties_declared_at is not None


def test_expert_sees_no_colleague_and_cannot_edit(browser: Browser, session: Session) -> None:
    own, other = make.expert(session, "张三"), make.expert(session, "李四")
    assert own.person is not None
    session.commit()
    browser.sign_in(own.person)

    for page in (f"/experts/{other.id}", f"/experts/{own.id}/edit", "/experts/new", "/experts/import"):
        assert browser.get(page).status == 404


def test_leader_reads_the_pool_without_family_ties(browser: Browser, session: Session) -> None:
    expert = make.expert(session, "张三")
    session.add(ExpertTie(expert=expert, kind="SPOUSE", name="王五某某", created_at=expert.created_at))
    leader = make.person(session, Role.LEADER)
    session.commit()

    browser.sign_in(leader).get(f"/experts/{expert.id}")

    assert browser.status == 200
    assert "王五某某" not in browser.text


def test_status_is_changed_by_whom_it_belongs_to(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    expert = make.expert(session, "张三")
    session.commit()
    browser.sign_in(coordinator).get(f"/experts/{expert.id}")

    browser.submit("#status-form", {"to": "SUSPENDED", "reason": ""})
    assert "至少五个字" in browser.text
    browser.submit("#status-form", {"to": "SUSPENDED", "ground": "OWN_WISH", "reason": "本人申请暂停"})

    session.expire_all()
    assert expert.status is ExpertStatus.SUSPENDED


def test_list_is_filtered(browser: Browser, session: Session, coordinator: Person) -> None:
    make.expert(session, "欧阳娜娜", specialties=["刑事"])
    make.expert(session, "买买提", specialties=["执行"])
    session.commit()

    text = browser.sign_in(coordinator).get("/experts", specialty="刑事").text

    assert "欧阳娜娜" in text
    assert "买买提" not in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORD, 200), (Role.LEADER, 200), (Role.COMMITTEE_HEAD, 200), (Role.AUDITOR, 200),
        (Role.SECRETARY, 404), (Role.SUPERVISOR, 404), (Role.SYSADMIN, 404), (Role.CLERK, 404),
        (Role.DPO, 404), (Role.REVIEWED_LIAISON, 404), (Role.EXPERT, 404),
    ],
)  # fmt: skip
def test_who_reads_the_pool(browser: Browser, session: Session, role: Role, status: int) -> None:
    person = make.person(session, role, organisation=make.organisation(session))
    session.commit()

    assert browser.sign_in(person).get("/experts").status == status


def test_looking_for_a_field_finds_its_causes(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    make.expert(session, "欧阳娜娜", specialties=["民间借贷"])
    session.commit()
    browser.sign_in(coordinator)

    assert "欧阳娜娜" in browser.get("/experts", specialty="民事合同").text
    assert "欧阳娜娜" not in browser.get("/experts", specialty="婚姻家庭").text


def test_credential_is_entered_verified_and_said_to_have_run_out(
    browser: Browser, another_browser: Browser, session: Session, coordinator: Person
) -> None:
    expert = make.expert(session, "张三")
    assert expert.person is not None
    session.commit()
    typed = {"paper": "LAWYER_LICENCE", "number": "137010001", "issuer": "某省司法厅"}

    browser.sign_in(expert.person).get(f"/experts/{expert.id}")
    browser.submit("#credential-form", {**typed, "valid_until": "2023-12-31"})
    assert "已过期" in browser.text
    assert browser.page.select("form[id^=verify-]") == []
    another_browser.sign_in(coordinator).get("/experts")
    assert "证件过期，不参加抽选" in another_browser.text
    browser.submit("#credential-form", {**typed, "valid_until": "2028-12-31"})
    another_browser.get("/experts").follow("待审核2项").follow("张三").submit(
        "tr:last-child form[id^=verify-]", {"how": "核对原件"}
    )

    assert "证件已核验" in another_browser.text


def test_own_changes_wait_for_approval(
    browser: Browser, another_browser: Browser, session: Session, coordinator: Person
) -> None:
    expert = make.expert(session, "张三")
    assert expert.person is not None
    session.commit()
    browser.sign_in(expert.person).get(f"/experts/{expert.id}").follow("更正我的档案")

    browser.submit("main form", {"max_open": "2", "post": "合伙人", "note": "晋升"})
    assert "修改申请已提交" in browser.text
    session.expire_all()
    before = (expert.max_open, expert.post)
    another_browser.sign_in(coordinator).get("/experts").follow("待审核1项").follow("张三")
    another_browser.submit("#decide-form", button="approve")

    session.rollback()
    session.expire_all()
    assert before == (2, "")
    assert (expert.max_open, expert.post) == (2, "合伙人")


def test_leave_is_a_range_that_can_be_ended(browser: Browser, session: Session) -> None:
    expert = make.expert(session, "张三")
    assert expert.person is not None
    session.commit()
    browser.sign_in(expert.person).get(f"/experts/{expert.id}")

    browser.submit("#leave-form", {"away_from": "2024-06-01", "away_until": "2024-05-01"})
    assert "不能早于开始日期" in browser.text
    browser.submit("#leave-form", {"away_from": "2024-06-01", "away_until": "2024-06-05"})
    assert "期间不参加抽选" in browser.text
    browser.submit(f"form[action^='/experts/{expert.id}/leaves/']")

    assert "请假已结束" in browser.text


def test_appointing_gives_a_letter(
    browser: Browser, another_browser: Browser, session: Session, coordinator: Person
) -> None:
    expert = make.expert(session, "张三", status=ExpertStatus.NOMINATED)
    leader = make.person(session, Role.LEADER)
    session.commit()
    browser.sign_in(coordinator).get(f"/experts/{expert.id}")
    browser.submit("#vet-form", {"unit_opinion": "同意推荐该同志", "discipline_check": "未发现违纪问题"})

    another_browser.sign_in(leader).get(f"/experts/{expert.id}")
    another_browser.submit("#appoint-form", {"starts_on": "2024-04-01", "ends_on": "2027-03-31"})
    assert "聘书已生成" in another_browser.text
    another_browser.follow("聘书")

    assert another_browser.content.startswith(b"PK")


def test_service_is_for_the_office_and_oneself(browser: Browser, session: Session) -> None:
    own, colleague = make.expert(session, "张三"), make.expert(session, "李四")
    assert own.person is not None
    session.commit()
    browser.sign_in(own.person)

    assert "履职记录" in browser.get(f"/experts/{own.id}").text
    assert browser.get(f"/experts/{colleague.id}").status == 404
    assert browser.get("/experts/service").status == 404
    assert browser.get("/experts/waiting").status == 404
