import type { Actor } from "@ringfence/core/platform/access";
import type { Need, Today } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { NeedRow } from "./need-row";

const groups: readonly Need["when"][] = ["now", "today", "week"];

type NeedsProps = { today: Today; actor: Actor };

/** What waits for a person, by when it has to be done. */
export function Needs({ today: { needs, refusals }, actor }: NeedsProps) {
  const t = useTranslations("today");
  return (
    <Section title={t("needs")}>
      {needs.length === 0 && <Empty title={t("noNeeds")}>{t("noNeedsBody")}</Empty>}
      {groups.map((when) => {
        const rows = needs.filter((need) => need.when === when);
        if (rows.length === 0) return null;
        return (
          <div key={when}>
            <h3 className="flex justify-between border-b border-line pt-3.5 pb-1.5 text-sm font-medium text-muted">
              {t(`groups.${when}`)} <Count value={rows.length} />
            </h3>
            <ul>
              {rows.map((need) => (
                <NeedRow key={keyOf(need)} need={need} refused={refusals.unchecked} actor={actor} />
              ))}
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

/** One of a kind, or one of a kind for each thing that it is about. */
function keyOf(need: Need) {
  if ("runId" in need) return need.runId;
  if ("campaignId" in need) return need.campaignId;
  return "registryId" in need ? `${need.kind} ${need.registryId}` : need.kind;
}
