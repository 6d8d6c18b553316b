"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { Icon } from "../icon";

/** Shows an active filter in words, with a button to remove it. Shows nothing if the filter is off. */
export function FilterChip({ param, label }: { param: string; label: string }) {
  const t = useTranslations("filters");
  const [value, setValue] = useQueryState(param, parseAsString.withOptions({ shallow: false }));
  if (value === null) return null;
  return (
    <span className="inline-flex min-h-7 items-center gap-1 rounded-md border border-accent bg-selected pr-1 pl-2 text-sm">
      {label}
      <button
        type="button"
        aria-label={t("remove", { label })}
        onClick={() => setValue(null)}
        className="grid size-6 cursor-pointer place-items-center rounded-md hover:bg-hover"
      >
        <Icon of={X} className="size-3.5" />
      </button>
    </span>
  );
}
