import { expect, it } from "vitest";
import { Dialer } from "../../account/organization/index.ts";
import { requiredChannel, toDialerFacts } from "./call-facts.ts";

const selecting = ["auto_select_or_dial", "auto_select_and_dial", "atds"];

it.each([
  ["live_agent", ["manual", "preview"], ["single"], ["mass"], "voice_live"],
  [
    "predictive",
    ["predictive", ...selecting],
    ["mass", "automatic"],
    ["mass", "automatic"],
    "voice_autodialed",
  ],
  [
    "prerecorded",
    ["prerecorded", "autodial_without_agent", ...selecting],
    ["mass", "automatic"],
    ["mass", "automatic"],
    "voice_prerecorded",
  ],
  [
    "ai_voice",
    ["ai_voice", "autodial_without_agent", ...selecting],
    ["mass", "automatic"],
    ["mass", "automatic"],
    "voice_ai",
  ],
])(
  "%s is %j, %j alone and %j in a campaign, and needs %s",
  (name, kinds, alone, among, channel) => {
    const dialer = Dialer.parse(name);
    expect(toDialerFacts(dialer, false)).toEqual({ dialer: kinds, call_mode: alone });
    expect(toDialerFacts(dialer, true)).toEqual({ dialer: kinds, call_mode: among });
    expect(requiredChannel(dialer)).toBe(channel);
  },
);
