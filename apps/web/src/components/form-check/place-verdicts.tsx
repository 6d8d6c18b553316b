import type { PlaceSummary } from "@ringfence/core/consents/form-check";
import { Ban, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "../icon";

/** Shows for each jurisdiction whether the form may be published there, and the number of problems. */
export function PlaceVerdicts({ places }: { places: readonly PlaceSummary[] }) {
  const t = useTranslations("formChecks");
  return (
    <ul className="grid gap-1">
      {places.map(({ jurisdiction, mayPublish, blockedBy, openQuestions, warnings }) => {
        const counts = [
          { name: "failed", count: blockedBy.length },
          { name: "open", count: openQuestions.length },
          { name: "warned", count: warnings.length },
        ] as const;
        const said = counts
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => t(name, { count }));
        return (
          <li key={jurisdiction} className="flex flex-wrap items-center gap-x-2">
            <b className="min-w-14 tabular-nums">{jurisdiction}</b>
            <span
              className={`inline-flex items-center gap-1.5 font-medium ${mayPublish ? "text-allow" : "text-refuse"}`}
            >
              <Icon of={mayPublish ? CircleCheck : Ban} />
              {t(mayPublish ? "free" : "closed")}
            </span>
            {said.length > 0 && <span className="text-sm text-muted">{said.join(", ")}</span>}
          </li>
        );
      })}
    </ul>
  );
}
