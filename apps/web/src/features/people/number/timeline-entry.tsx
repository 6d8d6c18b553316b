import type { TimelineEvent } from "@ringfence/services/people/phone";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { RecordingLink } from "@/components/recording-link";
import type { Choices } from "./choices";
import { CallSaid, ConsentSaid, OptOutSaid, ScreeningSaid, SuppressionSaid } from "./said";

type TimelineEntryProps = { event: TimelineEvent; zone: string; choices: Choices };

/** One thing that happened: when, what, and in a few sentences how and by whom. */
export function TimelineEntry({ event, zone, choices }: TimelineEntryProps) {
  const t = useTranslations("timeline");
  const { kind, at, otherPhone, by } = event;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-2 md:grid-cols-[12rem_6.5rem_minmax(0,1fr)] print:grid-cols-[11.5rem_6rem_minmax(0,1fr)]">
      <span className="text-sm text-muted">
        <LocalTime instant={at} zone={zone} />
      </span>
      <span className={`font-semibold ${inkOf(event)}`}>{t(`kind.${kind}`)}</span>
      <div className="col-span-full md:col-span-1 print:col-span-1">
        <p>
          <Said event={event} zone={zone} choices={choices} />{" "}
          {by &&
            (by.name === null
              ? t("byUnnamed", { type: by.type })
              : t("by", { type: by.type, name: by.name }))}{" "}
          {otherPhone && t.rich("otherPhone", { phone: () => <PhoneText phone={otherPhone} /> })}
        </p>
        {kind === "opt-out" &&
          event.notes.map(({ text, recording }) => (
            <p key={text} className="text-sm text-muted">
              {text && <q>{text}</q>} {recording && <RecordingLink recording={recording} />}
            </p>
          ))}
      </div>
    </li>
  );
}

function Said({ event, ...world }: TimelineEntryProps) {
  switch (event.kind) {
    case "consent":
      return <ConsentSaid event={event} {...world} />;
    case "opt-out":
      return <OptOutSaid event={event} {...world} />;
    case "suppression":
      return <SuppressionSaid event={event} {...world} />;
    case "call":
      return <CallSaid event={event} {...world} />;
    case "screening":
      return <ScreeningSaid event={event} {...world} />;
  }
}

/** Of what lets calls pass, and of what stops them. */
function inkOf(event: TimelineEvent) {
  if (event.kind === "opt-out") return "text-refuse";
  if (event.kind !== "consent" || event.type === "requested") return "";
  return event.type === "granted" || event.type === "renewed" ? "text-allow" : "text-refuse";
}
