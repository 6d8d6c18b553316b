import type { PlaceCounts, WaterfallStep } from "@ringfence/core/segment";
import { waterfallOf } from "@ringfence/core/segment";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";

type WaterfallTableProps = {
  /** All contacts, and the people of the segment; null where that is not known yet. */
  contacts: number | null;
  people: number | null;
  /** Of the people, or of a sample of them. */
  counts: PlaceCounts;
  isSample: boolean;
  /** The people of each step; left out where they cannot be opened. */
  hrefOf?: ((place: keyof PlaceCounts) => Route) | undefined;
};

/** These are told only where they stop somebody: most organizations never meet them. */
const rare = new Set<WaterfallStep["step"]>(["number", "law"]);

/** From all contacts to who may be called now, step by step, as bars that become shorter. */
export function WaterfallTable(props: WaterfallTableProps) {
  const { contacts, people, counts, isSample, hrefOf } = props;
  const t = useTranslations("waterfall");
  const steps = waterfallOf(counts);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shown = steps.filter(({ step, stopped }) => stopped > 0 || !rare.has(step));
  const opened = (place: keyof PlaceCounts, count: number, name: string) =>
    hrefOf && count > 0 ? <Link href={hrefOf(place)}>{name}</Link> : name;
  return (
    <table className="fall">
      <caption className="sr-only">{t(isSample ? "sampleCaption" : "caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("step")}</th>
          <th scope="col">
            <span className="sr-only">{t("bar")}</span>
          </th>
          <th scope="col" className="figure">
            {t("stopped")}
          </th>
          <th scope="col" className="figure">
            {t("left")}
          </th>
          <th scope="col" className="figure">
            {t("share")}
          </th>
        </tr>
      </thead>
      <tbody>
        {contacts !== null && <Whole name={t("contacts")} left={contacts} />}
        {people !== null && <Whole name={t("segment")} left={people} />}
        {isSample && <Whole name={t("sample")} left={all} />}
        {shown.map(({ step, stopped, left }) => (
          <tr key={step}>
            <th scope="row">
              {opened(step, stopped, t(`steps.${step}`))}
              <span className="block text-xs font-normal text-muted">{t(`means.${step}`)}</span>
            </th>
            <td>
              <Bar left={left} stopped={stopped} all={all} />
            </td>
            <td className="figure">
              <Count value={stopped} />
            </td>
            <td className="figure">
              <Count value={left} />
            </td>
            <td className="figure">
              <Percent part={left} all={all} />
            </td>
          </tr>
        ))}
        <tr className="last">
          <th scope="row">{opened("callable", counts.callable, t("callable"))}</th>
          <td>
            <Bar left={counts.callable} stopped={0} all={all} />
          </td>
          <td className="figure">
            <Count value={all - counts.callable} />
          </td>
          <td className="figure">
            <Count value={counts.callable} />
          </td>
          <td className="figure">
            <Percent part={counts.callable} all={all} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const Whole = ({ name, left }: { name: string; left: number }) => (
  <tr>
    <th scope="row">{name}</th>
    <td />
    <td />
    <td className="figure">
      <Count value={left} />
    </td>
    <td />
  </tr>
);

type BarProps = { left: number; stopped: number; all: number };

const Bar = ({ left, stopped, all }: BarProps) => (
  <span
    aria-hidden
    className="stay"
    style={{ "--left": all === 0 ? 0 : left / all, "--out": all === 0 ? 0 : stopped / all }}
  >
    <i />
    {stopped > 0 && <i className="out" />}
  </span>
);

function Percent({ part, all }: { part: number; all: number }) {
  const t = useTranslations("share");
  return t("percent", { percent: all === 0 ? 0 : Math.round((part / all) * 1_000) / 10 });
}
