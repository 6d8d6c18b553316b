import type { Channel } from "../../../people/phone/index.ts";
import { cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf, type Topic } from "../speech.ts";

/** What a text must name for each channel; one of the topics is enough. */
const named: Partial<Record<Channel, readonly Topic[]>> = {
  voice_autodialed: ["autodialed"],
  voice_prerecorded: ["prerecorded"],
  voice_ai: ["aiVoice"],
};

/** 13. The text says that a machine dials, or speaks, where one does. */
export function automaticCallsSaid(form: RenderedForm, { channels }: FormContext): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const asked = channels.flatMap((channel) => {
    const topics = named[channel];
    return topics === undefined ? [] : [{ channel, topics }];
  });
  const faults = asked
    .filter(({ topics }) => !topics.some((topic) => speaksOf(topic, text)))
    .map(({ channel }): Fault => ({
      key: "form-check.automatic-calls-said.missing",
      values: { channel },
    }));
  const said = asked.flatMap(({ topics }) => topics.map((topic) => sentenceOn(topic, text)));
  return judged(faults, quoting(said.find((sentence) => sentence !== null) ?? text));
}
