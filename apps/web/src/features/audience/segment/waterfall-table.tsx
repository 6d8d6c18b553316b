import {
  type EndStepCounts,
  type WaterfallStep,
  toWaterfall,
} from "@ringfence/core/audience/segment";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import type { PersonView } from "@ringfence/services/audience/segment";
import { BarPart, Count } from "@/components/numbers";
import { PhoneText } from "@/components/people";

type WaterfallTableProps = {
  /** Number of all contacts and of the people in the segment; null while unknown. */
  contacts: number | null;
  people: number | null;
  /** Counts by step, of all people or of a sample. */
  counts: EndStepCounts;
  isSample: boolean;
  /** Path to the people of a step; missing if they cannot be listed. */
  toHref?: ((place: keyof EndStepCounts) => Route) | undefined;
};

/** Steps that are shown only if they stop somebody, because most organizations never meet them. */
const rare = new Set<WaterfallStep["step"]>(["number", "law", "relevance"]);

/** Waterfall from all contacts to those who may be called now, step by step. */
export function WaterfallTable(props: WaterfallTableProps) {
  const { contacts, people, counts, isSample, toHref } = props;
  const t = useTranslations("waterfall");
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shown = toWaterfall(counts).filter(({ step, stopped }) => stopped > 0 || !rare.has(step));
  const toName = (place: keyof EndStepCounts, count: number, name: string) =>
    toHref && count > 0 ? <Link href={toHref(place)}>{name}</Link> : name;
  return (
    <table className="fall">
      <caption className="sr-only">{t(isSample ? "sampleCaption" : "caption")}</caption>
      <Heads />
      <tbody>
        {contacts !== null && <Line name={t("contacts")} left={contacts} />}
        {people !== null && <Line name={t("segment")} left={people} />}
        {isSample && <Line name={t("sample")} left={all} />}
        {shown.map(({ step, stopped, left }) => (
          <Line
            key={step}
            name={toName(step, stopped, t(`steps.${step}`))}
            means={t(`means.${step}`)}
            left={left}
            fall={{ stopped, all, bar: stopped }}
          />
        ))}
        <Line
          isLast
          name={toName("callable", counts.callable, t("callable"))}
          left={counts.callable}
          fall={{ stopped: all - counts.callable, all, bar: 0 }}
        />
      </tbody>
    </table>
  );
}

function Heads() {
  const t = useTranslations("waterfall");
  return (
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
  );
}

type LineProps = {
  name: ReactNode;
  means?: string;
  left: number;
  /** Number of people stopped, out of all, and how many of them the bar shows as hatched. */
  fall?: { stopped: number; all: number; bar: number };
  isLast?: boolean;
};

function Line({ name, means, left, fall, isLast = false }: LineProps) {
  return (
    <tr className={isLast ? "last" : undefined}>
      <th scope="row">
        {name}
        {means && <span className="block text-xs font-normal text-muted">{means}</span>}
      </th>
      <td>{fall && <Bar left={left} stopped={fall.bar} all={fall.all} />}</td>
      <td className="figure">{fall && <Count value={fall.stopped} />}</td>
      <td className="figure">
        <Count value={left} />
      </td>
      <td className="figure">{fall && <Percent part={left} all={fall.all} />}</td>
    </tr>
  );
}

type BarProps = { left: number; stopped: number; all: number };

const Bar = ({ left, stopped, all }: BarProps) => (
  <span aria-hidden className="stay">
    <BarPart part={all === 0 ? 0 : left / all} />
    {stopped > 0 && <BarPart part={stopped / all} className="out" />}
  </span>
);

function Percent({ part, all }: { part: number; all: number }) {
  const t = useTranslations("share");
  return t("percent", { percent: all === 0 ? 0 : Math.round((part / all) * 1_000) / 10 });
}

/** Lists the phones of a person, masked if the member may not see them. */
export function PhoneList({ phones }: Pick<PersonView, "phones">) {
  const t = useTranslations("segmentPeople");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, number }) => (
        <li key={id}>{number === null ? t("erased") : <PhoneText phone={number} />}</li>
      ))}
    </ul>
  );
}
