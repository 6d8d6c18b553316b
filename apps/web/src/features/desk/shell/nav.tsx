"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useSignOut } from "@/components/use-sign-out";
import { useTRPCClient } from "@/trpc/client";
import { findPage } from "./pages";
import { openSearch } from "./search";

export type NavPlace = { key: string; href: Route; label: string; waiting: number };

type NavGroup = { label: string; places: readonly NavPlace[] };

type NavProps = {
  own: readonly NavPlace[];
  groups: readonly NavGroup[];
  /** Entries whose group would have no other entry. */
  single: readonly NavPlace[];
  account: NavGroup;
  memberName: string;
};

/** Navigation of a role: its own pages, then groups of which one is open at a time, then the account. */
export function Nav({ own, groups, single, account, memberName }: NavProps) {
  const path = usePathname();
  // The group of the current page opens by itself, also after client-side navigation.
  const here = findPage(path)?.href;
  return (
    <>
      <ul>
        {own.map((place) => (
          <Entry key={place.key} place={place} here={here} />
        ))}
      </ul>
      <ul>
        {groups.map((group) => (
          <Group key={group.label} group={group} here={here} />
        ))}
        {single.map((place) => (
          <Entry key={place.key} place={place} here={here} />
        ))}
      </ul>
      <ul className="account">
        <Group group={account} here={here} aside={memberName}>
          <li>
            <SignOutButton />
          </li>
        </Group>
      </ul>
    </>
  );
}

type GroupProps = {
  group: NavGroup;
  here: string | undefined;
  /** Shown in place of the number of waiting items. */
  aside?: string;
  children?: ReactNode;
};

function Group({ group: { label, places }, here, aside, children }: GroupProps) {
  const isHere = places.some(({ href }) => href === here);
  const waiting = places.reduce((sum, place) => sum + place.waiting, 0);
  return (
    <li>
      <details name="area" key={String(isHere)} open={isHere}>
        <summary className="place">
          {label}
          {aside ? <span className="aside">{aside}</span> : <Waiting count={waiting} isSum />}
        </summary>
        <ul>
          {places.map((place) => (
            <Entry key={place.key} place={place} here={here} />
          ))}
          {children}
        </ul>
      </details>
    </li>
  );
}

function Entry({ place, here }: { place: NavPlace; here: string | undefined }) {
  return (
    <li>
      <Link
        className="place"
        href={place.href}
        {...(place.href === here && { "aria-current": "page" })}
        onClick={closeMenu}
      >
        {place.label}
        <Waiting count={place.waiting} />
      </Link>
    </li>
  );
}

/** Number of items that need attention; nothing for zero. An open group hides its sum. */
function Waiting({ count, isSum = false }: { count: number; isSum?: boolean }) {
  const t = useTranslations("shell");
  if (count === 0) return null;
  return (
    <span className={isSum ? "waiting sum" : "waiting"}>
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t("waiting", { count })}</span>
    </span>
  );
}

/** Closes the menu of a small screen after a page was chosen. */
const closeMenu = () => document.querySelector<HTMLElement>("#nav:popover-open")?.hidePopover();

/** Bottom bar on phones: two pages of the role, the search, and a menu with everything else. */
export function QuickBar({ places }: { places: readonly NavPlace[] }) {
  const t = useTranslations("shell");
  const here = findPage(usePathname())?.href;
  return (
    <nav className="quick" aria-label={t("quick")}>
      {places.map(({ key, href, label, waiting }) => (
        <Link key={key} href={href} {...(href === here && { "aria-current": "page" })}>
          <span>
            {label}
            <Waiting count={waiting} />
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
  /** Finds the page on which the identity provider signs out too, if the session began there. */
  const findPage = async () =>
    (await trpc.identityProvider.signOutPage.mutate().catch(() => null)) ?? "/sign-in";
  return (
    <button
      type="button"
      className="place"
      disabled={isLeaving}
      onClick={() => void leave(findPage)}
    >
      {t(isLeaving ? "signingOut" : "signOut")}
    </button>
  );
}
