import {
  Ban,
  Check,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  ClockAlert,
  Eye,
  Info,
  LoaderCircle,
  type LucideIcon,
  Pause,
  PencilLine,
  PhoneOff,
  PhoneOutgoing,
  RotateCw,
  TriangleAlert,
  Unplug,
  X,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type messages from "../../messages/en.json";
import { Icon } from "./icons";

type Status = keyof typeof messages.status;
type Tone = "allow" | "refuse" | "warn" | "muted" | "ink";

/** Icon and color of each status. The word says the same, so that color is never the only sign. */
const looks: Record<Status, [LucideIcon, Tone]> = {
  requested: [CircleDashed, "ink"],
  granted: [CircleCheck, "allow"],
  held: [CirclePause, "warn"],
  insufficient: [CircleQuestionMark, "warn"],
  expired: [ClockAlert, "muted"],
  withdrawn: [CircleMinus, "refuse"],
  invalidated: [CircleSlash, "refuse"],
  allow: [PhoneOutgoing, "allow"],
  refuse: [PhoneOff, "refuse"],
  "opted-out": [Ban, "refuse"],
  suppressed: [Pause, "ink"],
  queued: [CircleDashed, "muted"],
  running: [LoaderCircle, "ink"],
  done: [Check, "allow"],
  failed: [X, "refuse"],
  canceled: [CircleMinus, "muted"],
  "tries-again": [RotateCw, "warn"],
  fresh: [Check, "allow"],
  "near-limit": [ClockAlert, "warn"],
  stale: [ClockAlert, "refuse"],
  "not-connected": [Unplug, "muted"],
  "not-checked": [CircleDashed, "muted"],
  "in-force": [CircleCheck, "allow"],
  replaced: [CircleMinus, "muted"],
  applied: [Check, "allow"],
  accepted: [Check, "allow"],
  rejected: [X, "refuse"],
  "not-signed": [CircleDashed, "muted"],
  grave: [PhoneOff, "refuse"],
  serious: [TriangleAlert, "warn"],
  minor: [Info, "muted"],
  open: [CircleDashed, "warn"],
  closed: [Check, "muted"],
  disabled: [Pause, "muted"],
  unreached: [Unplug, "refuse"],
  reached: [Check, "allow"],
  heard: [Check, "allow"],
  "given-up": [X, "refuse"],
  draft: [PencilLine, "muted"],
  "in-review": [Eye, "warn"],
  approved: [CircleCheck, "allow"],
  calling: [PhoneOutgoing, "allow"],
  paused: [CirclePause, "warn"],
  "held-by-itself": [CirclePause, "refuse"],
  over: [Check, "muted"],
  confirmed: [CircleCheck, "allow"],
  "not-confirmed": [CircleDashed, "refuse"],
  "begins-later": [ClockAlert, "muted"],
};

export const statuses = Object.keys(looks).filter((key): key is Status => key in looks);

const inks: Record<Tone, string> = {
  allow: "text-allow",
  refuse: "text-refuse",
  warn: "text-warn",
  muted: "text-muted",
  ink: "text-ink",
};

export function Badge({ status }: { status: Status }) {
  const t = useTranslations("status");
  const [icon, tone] = looks[status];
  return (
    <span
      className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${inks[tone]}`}
    >
      <Icon of={icon} className="size-3.5" />
      {t(status)}
    </span>
  );
}
