import { may, rolesThatMay } from "@ringfence/core/platform/access";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/button-class";
import { Mark } from "@/components/mark";
import { Nav, type NavPlace } from "./nav";
import { type WorkspacePage, workspacePages } from "./pages";
import { SignOutButton, ThemePicker } from "./account-controls";

type ShellProps = {
  member: CurrentMember;
  /** Number of things that wait for a person there. */
  waiting: Partial<Record<WorkspacePage["key"], number>>;
  children: ReactNode;
};

/** A side column of words, or a bar and a menu where it is narrow; then the page. */
export function Shell({ member, waiting, children }: ShellProps) {
  const t = useTranslations("shell");
  const groups = useNavPlaces(member, waiting);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="side">
        <Link className="flex items-center gap-2 font-semibold text-ink no-underline" href="/">
          <Mark />
          Ringfence
        </Link>
        <span className="organization">{member.organizationName}</span>
        <button
          type="button"
          popoverTarget="nav"
          className={`${buttonClass({ size: "small" })} md:hidden`}
        >
          {t("menu")}
        </button>
        <nav className="nav" id="nav" popover="auto" aria-label={t("places")}>
          <Nav groups={groups} />
          <div className="nav-foot grid gap-3">
            <p className="text-sm text-muted">{member.name}</p>
            <SignOutButton />
            <ThemePicker key={member.theme} theme={member.theme} />
          </div>
        </nav>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Pages that a role may not open are shown, with the roles that may. */
function useNavPlaces(member: CurrentMember, waiting: ShellProps["waiting"]): NavPlace[][] {
  const t = useTranslations("shell");
  const placeNames = useTranslations("places");
  const roleNames = useTranslations("roles");
  const format = useFormatter();
  const actor = toActor(member);
  return workspacePages.map((group) =>
    group.map(({ key, href, action }) => ({
      href,
      label: placeNames(key),
      waiting: waiting[key] ?? 0,
      ...(!may(actor, action) && {
        whyNot: t("onlyFor", {
          roles: format.list(rolesThatMay(action).map((role) => roleNames(role))),
        }),
      }),
    })),
  );
}
