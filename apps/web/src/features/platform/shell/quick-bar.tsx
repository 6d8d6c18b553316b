"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type NavPlace, Waiting } from "./nav";
import { findPage } from "./pages";
import { openSearch } from "./search";

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
