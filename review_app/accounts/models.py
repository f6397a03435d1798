"""Stored: people, the roles granted to them, sign-ins and failed attempts."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.states import Role
from review_app.database import Base, SealedText, Stored


class Person(Stored, Base):
    """Somebody with an account."""

    __tablename__ = "person"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None] = mapped_column(SealedText)
    email: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default="")
    totp_secret: Mapped[str | None] = mapped_column(SealedText)
    totp_since: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    """the last half minute whose code was used; no code is taken twice"""
    totp_reset_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """the administrator who asked to take the second factor off; another one must agree"""

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", lazy="selectin"
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the account may be used (also asked by the sign-in library)."""
        return self.disabled_at is None

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in and signing ask for a code beside the password."""
        return self.totp_since is not None

    @property
    def roles(self) -> set[Role]:
        """Roles in force now."""
        return {grant.role for grant in self.grants if grant.in_force}

    def has(self, *roles: Role) -> bool:
        """Whether one of ``roles`` is in force."""
        return not self.roles.isdisjoint(roles)

    def liaison_of(self, organisation_id: int | None) -> bool:
        """Whether the person speaks for the organ with this id when its cases are reviewed."""
        return organisation_id is not None and any(
            grant.in_force and grant.organisation_id == organisation_id
            for grant in self.grants
            if grant.role is Role.REVIEWED_LIAISON
        )


class RecoveryCode(Stored, Base):
    """One of the codes for the day the phone is lost: of each only the hash is stored, each works once."""

    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_sha256: Mapped[str]
    used_at: Mapped[datetime | None]


class RoleGrant(Stored, Base):
    """A role given to a person; it counts when approved and not ended."""

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])

    @property
    def in_force(self) -> bool:
        return self.approved_at is not None and self.ended_at is None


class SignIn(Stored, Base):
    """One sign-in on one browser; the cookie carries a token of which only the hash is stored."""

    __tablename__ = "sign_in"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class FailedSignIn(Base):
    """Failed attempts per login name; they survive a restart."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (UniqueConstraint("login"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    failures: Mapped[int]
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
