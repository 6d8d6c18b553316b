import type { Channel } from "../phone/index.ts";
import type { Dialer } from "../../account/organization/index.ts";
import type { CallMode, DialerKind } from "./call-facts.ts";

const selecting = ["auto_select_or_dial", "auto_select_and_dial", "atds"] as const;
const many = ["mass", "automatic"] as const;

/** How the rules see what dials, read strictly, and what a consent must name for it (contract 4). */
const dialers: Record<
  Dialer,
  { kinds: readonly DialerKind[]; modes: readonly CallMode[]; channel: Channel }
> = {
  live_agent: { kinds: ["manual", "preview"], modes: ["single"], channel: "voice_live" },
  predictive: { kinds: ["predictive", ...selecting], modes: many, channel: "voice_autodialed" },
  prerecorded: {
    kinds: ["prerecorded", "autodial_without_agent", ...selecting],
    modes: many,
    channel: "voice_prerecorded",
  },
  ai_voice: {
    kinds: ["ai_voice", "autodial_without_agent", ...selecting],
    modes: many,
    channel: "voice_ai",
  },
};

/** What is known of a call by its dialer. A campaign makes a live call one of many. */
export function dialerFacts(dialer: Dialer, isCampaign: boolean) {
  const { kinds, modes } = dialers[dialer];
  const isMass = dialer === "live_agent" && isCampaign;
  return { dialer: kinds, call_mode: isMass ? (["mass"] as const) : modes };
}

/** The channel that a consent must name. */
export const channelOf = (dialer: Dialer): Channel => dialers[dialer].channel;
