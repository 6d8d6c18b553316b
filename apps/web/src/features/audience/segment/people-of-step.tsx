import type { SegmentId } from "@ringfence/core/ids";
import type { Place } from "@ringfence/core/audience/segment";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { Pager } from "@/components/pager";
import { Section } from "@/components/section";
import { stepsOf } from "@/components/trail";
import { api } from "@/server/caller";
import { PeopleTable } from "./people-table";
import { personPath, segmentPath } from "./segment-query";

type PeopleOfStepProps = {
  which: { segmentId: SegmentId; seller: string; purpose: string };
  place: Place;
  trail: string[];
};

/** Who ended at a step when the segment was screened the last time, page after page. */
export async function PeopleOfStep({ which, place, trail }: PeopleOfStepProps) {
  const after = Number(trail.at(-1) ?? 0);
  const [t, waterfall, { items, next }] = await Promise.all([
    getTranslations("segmentPeople"),
    getTranslations("waterfall"),
    api.segment.people({ ...which, place, after: Number.isInteger(after) ? after : 0 }),
  ]);
  const name = place === "callable" ? waterfall("callable") : waterfall(`steps.${place}`);
  const steps = stepsOf(trail, next === null ? null : String(next), (after) =>
    segmentPath(which, { place, after }),
  );
  return (
    <div id="people">
      <Section title={t("title", { name })} aside={t("note")}>
        {items.length === 0 ? (
          <Empty title={t("nobody")} />
        ) : (
          <>
            <PeopleTable people={items} hrefOf={({ id }) => personPath(which, id)} />
            <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
          </>
        )}
      </Section>
    </div>
  );
}
