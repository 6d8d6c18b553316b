import { type Actor, may } from "@ringfence/core/platform/access";
import type { Need, Today } from "@ringfence/services/desk/today";
import {
  CalendarClock,
  CircleAlert,
  CircleQuestionMark,
  ClockAlert,
  FileSearch,
  KeyRound,
  Megaphone,
  MessageCircleQuestionMark,
  MessageSquareWarning,
  PhoneOff,
  UserCheck,
  Waves,
} from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Icon } from "@/components/icon";
import { mendingOf } from "./mending";
import { useNeedWords } from "./use-need-words";

const icons = {
  "opt-outs-misread": CircleQuestionMark,
  "questions-open": MessageCircleQuestionMark,
  "campaign-held": Megaphone,
  "keys-cut": KeyRound,
  "complaints-open": MessageSquareWarning,
  "corrections-open": UserCheck,
  "bursts-open": Waves,
  "burst-liftings-open": UserCheck,
  "violations-open": PhoneOff,
  "registry-unread": CircleAlert,
  "registry-stale": CircleAlert,
  "registries-missing": CircleAlert,
  "edition-held": FileSearch,
  "run-failed": CircleAlert,
  "registry-near": ClockAlert,
  "consents-ending": CalendarClock,
} as const satisfies Record<Need["kind"], typeof CircleAlert>;

const inks = { now: "text-refuse", today: "text-warn", week: "text-muted" } as const;

type NeedRowProps = { need: Need; refused: Today["refusals"]["unchecked"]; actor: Actor };

/** What it is, what follows from it, since or until when, and where it is mended. */
export function NeedRow({ need, refused, actor }: NeedRowProps) {
  const t = useTranslations("need");
  const { title, body, due } = useNeedWords(refused)(need);
  const mending = mendingOf(need);
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-y-0.5 border-b border-line pt-2.5 pb-2.75 md:grid-cols-[1.75rem_minmax(0,1fr)_auto]">
      <Icon of={icons[need.kind]} className={`mt-0.5 ${inks[need.when]}`} />
      <div>
        <h4 className="text-base font-semibold">{title}</h4>
        <p className="max-w-[38rem] pr-4 text-sm text-pretty text-muted">{body}</p>
      </div>
      <div className="col-start-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm md:col-start-3 md:flex-col md:items-end md:justify-start md:text-right">
        <span className="text-muted">{due}</span>
        {mending && may(actor, mending.action) && (
          <Link href={mending.href}>{t(mending.says)}</Link>
        )}
      </div>
    </li>
  );
}
