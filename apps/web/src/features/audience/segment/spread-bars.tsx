"use client";

import { type AskRule, tellField } from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Failed } from "@/components/failed";
import { ShareBar } from "@/components/share-bar";
import { useAsked } from "./use-asked";

/** How many people of a rule have which value of a field, as bars with their counts. */
export function SpreadBars({ sound, field }: { sound: AskRule | null; field: string }) {
  const t = useTranslations("segmentSpread");
  const locale = useLocale();
  const asked = sound && { ...sound, field };
  const { answer, isOld, failure } = useAsked("spread", asked, (client, asked, options) =>
    client.segment.spread.mutate(asked, options),
  );
  if (failure) return <Failed title={failure.message} />;
  const spread = answer?.spread;
  if (!spread) return <p className="pt-2 text-muted">{t("notYet")}</p>;
  const lines = [
    ...spread.values.map((line) => ({ ...line, key: `value ${line.value}` })),
    { key: "others", value: t("others"), count: spread.others },
    { key: "unknown", value: t("unknown"), count: spread.unknown },
  ].filter(({ count }) => count > 0);
  const all = lines.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return <p className="pt-2 text-muted">{t("nobody")}</p>;
  return (
    <table aria-busy={isOld} className={isOld ? "opacity-60" : undefined}>
      <caption className="sr-only">{t("caption", { field: tellField(locale, field) })}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("value")}</th>
          <th scope="col">{t("bar")}</th>
          <th scope="col">{t("people")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, value, count }) => (
          <tr key={key}>
            <th scope="row" className="max-w-48 font-normal break-words">
              {value}
            </th>
            <td className="w-1/2 align-middle">
              <ShareBar part={count / all} />
            </td>
            <td className="figure">
              <Count value={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
