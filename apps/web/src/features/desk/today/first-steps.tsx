import type { FirstStep } from "@ringfence/services/desk/today";
import { Circle, CircleCheck } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Icon } from "@/components/icons";
import { Section } from "@/components/page-layout";
import { PutFirstStepsAway } from "./put-first-steps-away";

const pages = {
  registry: "/registries/connect",
  form: "/forms/new",
  import: "/imports/new",
  "api-key": "/keys/new",
  screening: "/call",
} as const satisfies Record<FirstStep["key"], Route>;

/** Setup checklist of a new organization: what each step is for, where to do it, and whether it is done. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const t = useTranslations("firstSteps");
  if (steps.length === 0) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Section title={t("title")} aside={t("progress", { done, count: steps.length })}>
      <ol>
        {steps.map(({ key, isDone }) => (
          <li
            key={key}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] border-b border-line pt-2.5 pb-2.75 md:grid-cols-[1.75rem_minmax(0,1fr)_auto]"
          >
            <Icon
              of={isDone ? CircleCheck : Circle}
              className={`mt-0.5 ${isDone ? "text-allow" : "text-muted"}`}
            />
            <div>
              <h3 className="text-base font-semibold">{t(`steps.${key}.title`)}</h3>
              <p className="max-w-[44rem] text-sm text-pretty text-muted">
                {t(`steps.${key}.why`)}
              </p>
            </div>
            <p className="col-start-2 py-1 text-sm md:col-start-3 md:py-0 md:pl-4">
              {isDone ? t("done") : <Link href={pages[key]}>{t(`steps.${key}.link`)}</Link>}
            </p>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-3">
        <PutFirstStepsAway />
        <p className="text-sm text-muted">{t("hideHint")}</p>
      </div>
    </Section>
  );
}
