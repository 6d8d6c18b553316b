import type { readViolation } from "@ringfence/services/calling/violation";
import { useFormatter, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "./recorded-by";

type Violation = Awaited<ReturnType<typeof readViolation>>;
type Step = Violation["steps"][number];

/** What happened with a violation, from when it was found on. */
export function StepList({ foundAt, steps }: Pick<Violation, "foundAt" | "steps">) {
  const t = useTranslations("violation");
  return (
    <ol>
      <li className="border-b border-line py-2.5">
        <h3 className="text-base font-semibold">{t("steps.found")}</h3>
        <p className="text-sm text-muted">
          <LocalTime instant={foundAt} precision="evidence" />
        </p>
      </li>
      {steps.map((step) => (
        <StepEntry key={step.id} step={step} />
      ))}
    </ol>
  );
}

function StepEntry({ step }: { step: Step }) {
  const { text, at, by } = step;
  const title = useTitle(step);
  return (
    <li className="grid gap-0.5 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{title}</h3>
      {text && <p className="max-w-[46rem] whitespace-pre-line">{text}</p>}
      <p className="text-sm text-muted">
        <LocalTime instant={at} precision="evidence" />, <RecordedBy by={by} />
      </p>
    </li>
  );
}

function useTitle({ kind, owner, reason, causes }: Step) {
  const t = useTranslations("violation.steps");
  const reasons = useTranslations("violation.reasons");
  const names = useTranslations("violations.causes");
  const format = useFormatter();
  switch (kind) {
    case "assigned":
      return owner === null ? t("givenBack") : t("assigned", { owner });
    case "noted":
      return t("noted");
    case "closed":
      return reason === null ? t("closed") : t("closedAs", { reason: reasons(reason) });
    case "found-no-more":
      return t("foundNoMore", { causes: format.list(causes.map((cause) => names(cause))) });
    case "found-again":
      return t("foundAgain", { causes: format.list(causes.map((cause) => names(cause))) });
  }
}
