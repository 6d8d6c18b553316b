import { describe, expect, it } from "vitest";
import { PurposeKey } from "../../account/purpose/index.ts";
import type { Channel } from "../../people/phone/index.ts";
import { DisclosureId } from "../../platform/ids.ts";
import { type TickedText, readAgreement } from "./own-agreement.ts";

const id = DisclosureId.parse("01890000-0000-7000-8000-000000000001");
const [cards, loans, survey] = ["marketing.cards", "marketing.loans", "survey"].map((key) =>
  PurposeKey.parse(key),
) as [PurposeKey, PurposeKey, PurposeKey];
const live: Channel = "voice_live";
const sms: Channel = "sms";

const tick = (more: Partial<TickedText> = {}): TickedText => ({
  id,
  isTicked: false,
  purposes: [],
  channels: [],
  ...more,
});

describe("readAgreement", () => {
  const both = { purposes: [cards, loans], channels: [live, sms] };

  it("agrees to what was ticked and to nothing else", () => {
    expect(readAgreement(both, tick({ purposes: [loans], channels: [live] }))).toEqual({
      purposes: [loans],
      channels: [live],
    });
  });

  it("agrees to nothing that the text does not ask for", () => {
    const forged = tick({ isTicked: true, purposes: [loans, survey], channels: [sms, "voice_ai"] });
    expect(readAgreement(both, forged)).toEqual({ purposes: [loans], channels: [sms] });
    expect(readAgreement(both, tick({ purposes: [survey], channels: ["voice_ai"] }))).toBeNull();
  });

  it("is incomplete if one of two lists is empty", () => {
    expect(readAgreement(both, tick({ purposes: [loans] }))).toBe("incomplete");
    expect(readAgreement(both, tick({ channels: [sms] }))).toBe("incomplete");
  });

  it("asks only for the list that has a choice", () => {
    const oneTopic = { purposes: [loans], channels: [live, sms] };
    expect(readAgreement(oneTopic, tick({ channels: [sms] }))).toEqual({
      purposes: [loans],
      channels: [sms],
    });
    expect(readAgreement(oneTopic, tick({ isTicked: true }))).toBeNull();
  });

  it("takes the single box of a text that leaves no choice", () => {
    const single = { purposes: [loans], channels: [live] };
    expect(readAgreement(single, tick({ isTicked: true }))).toEqual(single);
    expect(readAgreement(single, tick())).toBeNull();
    const aboutData = { purposes: [], channels: [] };
    expect(readAgreement(aboutData, tick({ isTicked: true }))).toEqual(aboutData);
  });

  it("agrees to nothing if the text was left alone", () => {
    expect(readAgreement(both, undefined)).toBeNull();
    expect(readAgreement(both, tick({ isTicked: true }))).toBeNull();
  });
});
