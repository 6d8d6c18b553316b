import type { SegmentVersionListed } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "@/components/recorded-by";
import { Section } from "@/components/section";

type Changes = NonNullable<SegmentVersionListed["changes"]>;

/** Lists the versions of a segment's rule, the latest first, with what each changed and who saved it. */
export function SegmentVersions({ versions }: { versions: readonly SegmentVersionListed[] }) {
  const t = useTranslations("segmentVersions");
  return (
    <Section title={t("title")} aside={t("note")}>
      <ol reversed>
        {versions.map(({ number, at, by, sentence, changes }) => (
          <li key={number} className="grid gap-1 border-b border-line py-2.5">
            <h3 className="text-base font-semibold">{t("version", { number })}</h3>
            <p className="max-w-[46rem]">{sentence}</p>
            {changes && <WhatChanged changes={changes} />}
            <p className="text-sm text-muted">
              {t.rich("savedAt", {
                time: () => <LocalTime instant={at} precision="evidence" />,
                by: () => <RecordedBy by={by} />,
              })}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function WhatChanged({ changes: { added, removed, isRegrouped } }: { changes: Changes }) {
  const t = useTranslations("segmentVersions");
  if (isRegrouped) return <p className="text-sm">{t("regrouped")}</p>;
  if (added.length + removed.length === 0) return <p className="text-sm">{t("same")}</p>;
  return (
    <ul className="text-sm">
      {added.map((sentence, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{t("added", { sentence })}</li>
      ))}
      {removed.map((sentence, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{t("removed", { sentence })}</li>
      ))}
    </ul>
  );
}
