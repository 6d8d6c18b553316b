"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { findPage } from "./pages";

export type NavPlace = { href: Route; label: string; waiting: number; whyNot?: string };

/** Navigation, with the current page marked. */
export function Nav({ groups }: { groups: readonly (readonly NavPlace[])[] }) {
  const here = findPage(usePathname())?.href;
  return groups.map((group) => (
    <ul key={group[0]?.href}>
      {group.map((place) => (
        <li key={place.href}>
          {place.whyNot ? (
            <ShutPlace label={place.label} whyNot={place.whyNot} />
          ) : (
            <Link
              className="place"
              href={place.href}
              {...(place.href === here && { "aria-current": "page" })}
              onClick={closeMenu}
            >
              {place.label}
              {place.waiting > 0 && <Waiting count={place.waiting} />}
            </Link>
          )}
        </li>
      ))}
    </ul>
  ));
}

function Waiting({ count }: { count: number }) {
  const t = useTranslations("shell");
  return (
    <>
      <span aria-hidden className="text-sm font-normal text-muted tabular-nums">
        {count}
      </span>
      <span className="sr-only">{t("waiting", { count })}</span>
    </>
  );
}

function ShutPlace({ label, whyNot }: { label: string; whyNot: string }) {
  const id = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it leads nowhere, and says why
    <span className="place" role="link" aria-disabled tabIndex={0} aria-describedby={id}>
      <span>
        {label}
        <small id={id} className="block text-xs">
          {whyNot}
        </small>
      </span>
    </span>
  );
}

/** Closes the menu on navigation where it covers the page. */
const closeMenu = () => document.querySelector<HTMLElement>("#nav:popover-open")?.hidePopover();
