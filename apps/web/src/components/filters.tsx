import type { ReactNode } from "react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "./dates";
import { CONTROL } from "./fields";
import { SubmitButton } from "./client-buttons";

type FiltersProps = {
  label: string;
  children: ReactNode;
  /** Content at the right end, such as a download of the filtered rows. */
  aside?: ReactNode;
};

/** Filters above a list. Each one is a part of the address. */
export const Filters = ({ label, children, aside }: FiltersProps) => (
  <search aria-label={label} className="flex flex-wrap items-center gap-2 py-3">
    {children}
    {aside && <div className="ml-auto text-sm">{aside}</div>}
  </search>
);

type FilterSinceProps = {
  at: Date;
  /** Address of the list without this filter. */
  showAll: Route;
  /** Words before the time, such as "Recorded since". */
  children: ReactNode;
};

/** Says since when a list counts, if a figure elsewhere leads to it, with a link to the whole list. */
export function FilterSince({ at, showAll, children }: FilterSinceProps) {
  const t = useTranslations("filters");
  return (
    <p className="text-sm text-muted">
      {children} <LocalTime instant={at} />. <Link href={showAll}>{t("showAll")}</Link>
    </p>
  );
}

type SealedSearchProps = {
  label: string;
  /** The current search. */
  value: string | null;
  /** Redirects to the address of the result. The other filters are sent as hidden fields. */
  action: (given: FormData) => Promise<void>;
  kept?: Record<string, string | null>;
};

/** Search for a person. It is sent in the request body, because personal data never stands in an address. */
export function SealedSearch({ label, value, action, kept }: SealedSearchProps) {
  const t = useTranslations("filters");
  return (
    <form
      action={action}
      className="flex min-w-0 flex-1 basis-full gap-2 sm:max-w-[26rem] sm:basis-auto"
    >
      <input
        key={value}
        type="search"
        name="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        maxLength={128}
        defaultValue={value ?? ""}
        className={`${CONTROL} min-w-0 flex-1`}
      />
      {Object.entries(kept ?? {}).map(
        ([name, chosen]) => chosen && <input key={name} type="hidden" name={name} value={chosen} />,
      )}
      <SubmitButton busy={t("searching")}>{t("search")}</SubmitButton>
    </form>
  );
}

type ListedSpanProps = { from: Date; until: Date | null; children?: ReactNode };

/** Says which span a list covers, and what else it is limited to. */
export function ListedSpan({ from, until, children }: ListedSpanProps) {
  const t = useTranslations("filters");
  return (
    <p className="basis-full text-sm text-muted">
      {t("since")} <LocalTime instant={from} />
      {until !== null && (
        <>
          {" "}
          {t("until")} <LocalTime instant={until} />
        </>
      )}
      . {children}
    </p>
  );
}
