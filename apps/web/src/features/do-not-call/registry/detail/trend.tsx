import type { TrendPoint } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useTranslations } from "next-intl";
import { BarChart, LineChart } from "@/components/charts/charts";
import { Columns, Section } from "@/components/page-layout";

/** Charts the size of a registry over its last editions, and what each added and removed. */
export function RegistryTrend({ points }: { points: readonly TrendPoint[] }) {
  const t = useTranslations("registryTrend");
  const format = useFormatter();
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const formatLabel = ({ number, readAt }: TrendPoint) =>
    t("point", { number, day: format.dateTime(readAt, { day: "numeric", month: "short" }) });
  const sum = (key: "added" | "removed") =>
    points.slice(1).reduce((total, point) => total + point[key], 0);
  return (
    <Section title={t("title")} aside={t("note", { count: points.length })}>
      <Columns isEven>
        <LineChart
          title={t("size")}
          sentence={t("sizeSentence", { before: first.listed, after: last.listed })}
          rowHead={t("edition")}
          series={[{ key: "listed", name: t("listed"), look: 1 }]}
          rows={points.map((point) => ({
            label: formatLabel(point),
            values: { listed: point.listed },
          }))}
        />
        <BarChart
          title={t("changes")}
          sentence={t("changesSentence", { added: sum("added"), removed: sum("removed") })}
          rowHead={t("edition")}
          series={[
            { key: "added", name: t("added"), look: 1 },
            { key: "removed", name: t("removed"), look: 2 },
          ]}
          // The first edition adds all numbers, and would dwarf every later change.
          rows={points.filter(isChange).map(({ added, removed, ...point }) => ({
            label: formatLabel({ added, removed, ...point }),
            values: { added, removed },
          }))}
        />
      </Columns>
    </Section>
  );
}

const isChange = ({ number }: TrendPoint) => number > 1;
