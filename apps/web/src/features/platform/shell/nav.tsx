"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { findPage } from "./pages";
import { SignOutButton } from "./sign-out-button";

export type NavPlace = { key: string; href: Route; label: string; waiting: number };

export type NavGroup = { label: string; places: readonly NavPlace[] };

type NavProps = {
  own: readonly NavPlace[];
  groups: readonly NavGroup[];
  /** Entries that would be alone in their group. */
  single: readonly NavPlace[];
  account: NavGroup;
  memberName: string;
};

/** The places of a role: its own first, then groups, of which one is open at a time, then the account. */
export function Nav({ own, groups, single, account, memberName }: NavProps) {
  const path = usePathname();
  // The group of the current page opens by itself, also when one goes from page to page.
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
  /** Shown where other groups show how many things wait in them. */
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

/** How many things need attention there; nothing for none. An open group leaves its sum to its entries. */
export function Waiting({ count, isSum = false }: { count: number; isSum?: boolean }) {
  const t = useTranslations("shell");
  if (count === 0) return null;
  return (
    <span className={isSum ? "waiting sum" : "waiting"}>
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t("waiting", { count })}</span>
    </span>
  );
}

/** Closes the menu of a small screen once somebody has chosen a page. */
const closeMenu = () => document.querySelector<HTMLElement>("#nav:popover-open")?.hidePopover();
