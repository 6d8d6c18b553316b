"use client";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "./buttons";
import { CONTROL } from "./fields";

/** Days as the address has them, such as `2026-03-01`. Both belong to the span. */
type FilterDaysProps = { from: string | null; to: string | null };

/**
 * First and last day of what a list shows. It is a form, so that a half-typed date does not load the list. The other
 * filters of the address stay, and the list begins at its first page.
 */
export function FilterDays({ from, to }: FilterDaysProps) {
  const t = useTranslations("filters");
  const [isLoading, startTransition] = useTransition();
  const [, setDays] = useQueryStates(
    { from: parseAsString, to: parseAsString, after: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  const days = [
    { name: "from", label: t("from"), value: from },
    { name: "to", label: t("to"), value: to },
  ];
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const read = (name: string) => {
          const day = given.get(name);
          return typeof day === "string" && day !== "" ? day : null;
        };
        void setDays({ from: read("from"), to: read("to"), after: null });
      }}
    >
      {days.map(({ name, label, value }) => (
        <label key={`${name} ${value}`} className="flex items-center gap-2 text-sm">
          {label}
          <input type="date" name={name} defaultValue={value ?? ""} className={CONTROL} />
        </label>
      ))}
      <Button type="submit" busy={isLoading && t("searching")}>
        {t("show")}
      </Button>
    </form>
  );
}
