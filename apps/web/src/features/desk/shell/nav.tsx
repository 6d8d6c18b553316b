"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, use, useEffect, useRef } from "react";
import { useSignOut } from "@/components/use-sign-out";
import { useTRPCClient } from "@/trpc/client";
import { type WorkspacePage, findPage } from "./pages";
import { openSearch } from "./search";

/** Number of items that need attention, by page; none for a page that is missing. */
export type WaitingCounts = Partial<Record<WorkspacePage["key"], number>>;

/** A page in the navigation. */
export type NavEntry = { key: WorkspacePage["key"]; href: Route; label: string };

type NavGroup = { label: string; entries: readonly NavEntry[] };

type NavProps = {
  /** Pages that the role uses most. */
  own: readonly NavEntry[];
  groups: readonly NavGroup[];
  /** Pages that would be alone in their group. */
  single: readonly NavEntry[];
  account: NavGroup;
  memberName: string;
  /** Arrives after the page, which does not wait for it. */
  waiting: Promise<WaitingCounts>;
};

/** Navigation of a role: its own pages, then groups of which at most one is open, then the account. */
export function Nav({ own, groups, single, account, memberName, waiting }: NavProps) {
  const currentHref = findPage(usePathname())?.href;
  return (
    <>
      <ul>
        {own.map((entry) => (
          <Entry key={entry.key} {...{ entry, currentHref, waiting }} />
        ))}
      </ul>
      <ul>
        {groups.map((group) => (
          <Group key={group.label} {...{ group, currentHref, waiting }} />
        ))}
        {single.map((entry) => (
          <Entry key={entry.key} {...{ entry, currentHref, waiting }} />
        ))}
      </ul>
      <ul className="account">
        <Group group={account} {...{ currentHref, waiting }} aside={memberName}>
          <li>
            <SignOutButton />
          </li>
        </Group>
      </ul>
    </>
  );
}

type GroupProps = Pick<NavProps, "waiting"> & {
  group: NavGroup;
  currentHref: string | undefined;
  /** Shown in place of the number of waiting items. */
  aside?: string;
  children?: ReactNode;
};

/** A group, which opens by itself when one of its pages becomes the current one. Groups of one `name` close each other. */
function Group({ group, currentHref, aside, waiting, children }: GroupProps) {
  const { label, entries } = group;
  const currentPage = entries.find(({ href }) => href === currentHref)?.href;
  const details = useRef<HTMLDetailsElement>(null);
  // On every new page, because the member may have opened another group meanwhile, and thereby closed this one.
  useEffect(() => {
    if (currentPage !== undefined && details.current) details.current.open = true;
  }, [currentPage]);
  return (
    <li>
      <details ref={details} name="nav-group" open={currentPage !== undefined}>
        <summary className="place">
          {label}
          {aside ? (
            <span className="aside">{aside}</span>
          ) : (
            <Waiting counts={waiting} entries={entries} isSum />
          )}
        </summary>
        <ul>
          {entries.map((entry) => (
            <Entry key={entry.key} {...{ entry, currentHref, waiting }} />
          ))}
          {children}
        </ul>
      </details>
    </li>
  );
}

type EntryProps = Pick<NavProps, "waiting"> & { entry: NavEntry; currentHref: string | undefined };

function Entry({ entry, currentHref, waiting }: EntryProps) {
  const { href, label } = entry;
  return (
    <li>
      <Link
        className="place"
        href={href}
        {...(href === currentHref && { "aria-current": "page" })}
        onClick={closeMenu}
      >
        {label}
        <Waiting counts={waiting} entries={[entry]} />
      </Link>
    </li>
  );
}

type WaitingProps = {
  counts: Promise<WaitingCounts>;
  /** The pages whose items are counted. */
  entries: readonly NavEntry[];
  isSum?: boolean;
};

/** Number of items that need attention; nothing for zero, or until it has arrived. */
const Waiting = (props: WaitingProps) => (
  <Suspense fallback={null}>
    <WaitingCount {...props} />
  </Suspense>
);

/** The styles hide the sum of an open group. */
function WaitingCount({ counts, entries, isSum = false }: WaitingProps) {
  const t = useTranslations("shell");
  const waiting = use(counts);
  const count = entries.reduce((sum, { key }) => sum + (waiting[key] ?? 0), 0);
  if (count === 0) return null;
  return (
    <span className={isSum ? "waiting sum" : "waiting"}>
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t("waiting", { count })}</span>
    </span>
  );
}

/** Closes the menu of a small screen (the popover in the shell) after a page was chosen. */
const closeMenu = () => document.querySelector<HTMLElement>("#nav:popover-open")?.hidePopover();

/** Bottom bar on phones: two pages of the role, the search, and a menu with everything else. */
export function QuickBar({
  entries,
  waiting,
}: Pick<NavProps, "waiting"> & { entries: readonly NavEntry[] }) {
  const t = useTranslations("shell");
  const currentHref = findPage(usePathname())?.href;
  return (
    <nav className="quick" aria-label={t("quick")}>
      {entries.map((entry) => (
        <Link
          key={entry.key}
          href={entry.href}
          {...(entry.href === currentHref && { "aria-current": "page" })}
        >
          <span>
            {entry.label}
            <Waiting counts={waiting} entries={[entry]} />
          </span>
        </Link>
      ))}
      <button type="button" aria-haspopup="dialog" onClick={openSearch}>
        {t("search.open")}
      </button>
      <button type="button" popoverTarget="nav">
        {t("more")}
      </button>
    </nav>
  );
}

/** Signs out. It is the last entry of the account group. */
function SignOutButton() {
  const t = useTranslations("shell");
  const { isLeaving, leave } = useSignOut();
  const trpc = useTRPCClient();
  /**
   * Finds the page on which the identity provider signs out too, if the session began there. If it cannot be found, the
   * session here ends all the same.
   */
  const findSignOutPage = async () =>
    (await trpc.identityProvider.signOutPage.mutate().catch(() => null)) ?? "/sign-in";
  return (
    <button
      type="button"
      className="place"
      disabled={isLeaving}
      onClick={() => void leave(findSignOutPage)}
    >
      {t(isLeaving ? "signingOut" : "signOut")}
    </button>
  );
}
