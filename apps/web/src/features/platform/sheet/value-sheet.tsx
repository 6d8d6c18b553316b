import { AgeBar } from "@/components/age-bar";
import { Badge, statuses } from "@/components/badge";
import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import type { Series } from "@/components/charts/series";
import { CopyButton } from "@/components/copy-button";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { Section } from "@/components/section";
import { Share } from "@/components/share";
import { ShareBar } from "@/components/share-bar";
import { answers, hashes, tokens, weeks } from "./samples";
import { words } from "./words";

const series: Series[] = [
  { key: "web", name: words.web, look: 1 },
  { key: "agents", name: words.agents, look: 2 },
  { key: "sms", name: words.sms, look: 3 },
];
const chart = {
  title: words.optOutsAWeek,
  sentence: words.optOutsSentence,
  rowHead: words.week,
  series,
  rows: weeks.map(([label, web, agents, sms]) => ({ label, values: { web, agents, sms } })),
};
const { at } = answers.refused.checked;

export const ValueSheet = () => (
  <>
    <Section title={words.badges} aside={words.badgesNote}>
      <p className="flex flex-wrap gap-x-6 gap-y-3 pt-4">
        {statuses.map((status) => (
          <Badge key={status} status={status} />
        ))}
      </p>
    </Section>
    <Section title={words.ages}>
      <div className="grid max-w-[30rem] gap-3 pt-4 text-sm">
        <AgeBar ageDays={1} limitDays={31} />
        <AgeBar ageDays={86} limitDays={92} />
        <AgeBar ageDays={64} limitDays={60} />
        <ShareBar part={0.614} />
      </div>
    </Section>
    <Section title={words.charts}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 md:grid-cols-2">
        <LineChart {...chart} />
        <BarChart {...chart} />
      </div>
    </Section>
    <Section title={words.values}>
      <Facts
        facts={[
          { name: words.moment, value: <LocalTime instant={at} zone="America/Chicago" /> },
          {
            name: words.evidence,
            value: <LocalTime instant={at} zone="America/Chicago" precision="evidence" />,
            notes: [
              <LocalTime key="moscow" instant={at} zone="Europe/Moscow" precision="weekday" />,
            ],
          },
          { name: words.day, value: <LocalTime instant={at} precision="day" /> },
          {
            name: words.phones,
            value: <PhoneText phone="+12145550142" />,
            notes: [<PhoneText key="ru" phone="+79990000017" />],
          },
          { name: words.count, value: <Count value={1_204_880} /> },
          { name: words.share, value: <Share count={739_812} of={1_204_880} /> },
          {
            name: words.hash,
            value: <code>{hashes[0]}</code>,
            notes: [<CopyButton key="copy" text={hashes[0] ?? ""} />],
          },
        ]}
      />
    </Section>
    <TypeSheet />
  </>
);

const TypeSheet = () => (
  <Section title={words.type}>
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
      <div>
        {words.specimens.map(([size, className, text]) => (
          <p
            key={size}
            className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline border-b border-line py-1"
          >
            <span className="text-xs text-muted">{size}</span>
            <span className={className}>{text}</span>
          </p>
        ))}
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-4 gap-y-2 text-sm">
        {tokens.map((token) => (
          <li key={token} className="grid grid-cols-[2rem_1fr] items-center gap-2">
            <i
              className="h-6 rounded-sm border border-line-strong"
              style={{ background: `var(--${token})` }}
            />
            {token}
          </li>
        ))}
      </ul>
    </div>
  </Section>
);
