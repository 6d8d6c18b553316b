"use client";

import { isAsked } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import type { RegistryDraft } from "./registry-draft";

type Limits = Pick<RegistryDraft, "maxAgeDays" | "maxShrinkShare">;

type LimitFieldsProps = {
  limits: Limits & Pick<RegistryDraft, "source">;
  /** What the rules ask for; null where they say nothing. */
  ruleDays: number | null;
  onLimits: (limits: Partial<Limits>) => void;
  faults: { maxAgeDays?: string | undefined; maxShrinkShare?: string | undefined };
};

/** How old a registry may be, and how much it may lose before a person looks. */
export function LimitFields({ limits, ruleDays, onLimits, faults }: LimitFieldsProps) {
  const t = useTranslations("registryForm");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label={t("maxAge")}
        hint={ruleDays === null ? t("maxAgeHint") : t("maxAgeRule", { days: ruleDays })}
        fault={faults.maxAgeDays}
      >
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={365}
            value={Number.isNaN(limits.maxAgeDays) ? "" : limits.maxAgeDays}
            onChange={({ currentTarget }) => onLimits({ maxAgeDays: currentTarget.valueAsNumber })}
          />
        )}
      </Field>
      {/* What answers say is never held for being less. */}
      {isAsked(limits.source) || (
        <Field label={t("shrink")} hint={t("shrinkHint")} fault={faults.maxShrinkShare}>
          {(wired) => (
            <Input
              {...wired}
              type="number"
              min={0}
              max={100}
              step="any"
              value={Number.isNaN(limits.maxShrinkShare) ? "" : percentOf(limits.maxShrinkShare)}
              onChange={({ currentTarget }) =>
                onLimits({ maxShrinkShare: currentTarget.valueAsNumber / 100 })
              }
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** Without the digits that binary fractions leave behind. */
const percentOf = (share: number) => Number((share * 100).toPrecision(6));
