import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "@/components/icons";
import { Nav, type NavEntry, QuickBar, type WaitingCounts } from "./nav";
import { type WorkspacePage, buildNavigation, searchablePages } from "./pages";
import { SearchDialog, SearchField, type SearchPage } from "./search";

type ShellProps = {
  member: CurrentMember;
  waiting: Promise<WaitingCounts>;
  /** Opens the page of a number that was typed into the search. */
  askNumber: (given: FormData) => Promise<void>;
  children: ReactNode;
};

/** Frame of every page: a side column, or on narrow screens a bottom bar and a menu. */
export function Shell({ member, waiting, askNumber, children }: ShellProps) {
  const t = useTranslations("shell");
  const placeNames = useTranslations("places");
  const actor = toActor(member);
  const { own, groups, single, account, quick } = buildNavigation(actor);
  const toEntry = ({ key, href }: WorkspacePage): NavEntry => ({
    key,
    href,
    label: placeNames(key),
  });
  const findArea = (place: WorkspacePage) =>
    groups.find(({ pages }) => pages.includes(place))?.area;
  const toPage = (place: WorkspacePage): SearchPage => {
    const area = account.includes(place) ? "account" : findArea(place);
    return {
      href: place.href,
      label: placeNames(place.key),
      area: area ? t(`areas.${area}`) : "",
    };
  };
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="side">
        <Link
          className="flex items-center gap-2 font-semibold text-ink no-underline"
          href={own[0]?.href ?? "/settings"}
        >
          <Mark />
          Ringfence
        </Link>
        <span className="organization">{member.organizationName}</span>
        <SearchField />
        <nav className="nav" id="nav" popover="auto" aria-label={t("places")}>
          <Nav
            own={own.map(toEntry)}
            groups={groups.map(({ area, pages }) => ({
              label: t(`areas.${area}`),
              entries: pages.map(toEntry),
            }))}
            single={single.map(toEntry)}
            account={{ label: t("areas.account"), entries: account.map(toEntry) }}
            memberName={member.name}
            waiting={waiting}
          />
        </nav>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        {children}
      </main>
      <QuickBar entries={quick.map(toEntry)} waiting={waiting} />
      <SearchDialog
        pages={searchablePages(actor).map(toPage)}
        ownPages={own.map(toPage)}
        askNumber={askNumber}
      />
    </div>
  );
}
