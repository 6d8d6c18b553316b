import { z } from "zod";
import { JurisdictionId } from "../../people/jurisdiction/index.ts";
import us from "./regulators/us.json" with { type: "json" };
import gb from "./regulators/gb.json" with { type: "json" };
import de from "./regulators/de.json" with { type: "json" };
import fr from "./regulators/fr.json" with { type: "json" };
import ru from "./regulators/ru.json" with { type: "json" };

/** A text in each language of the pages. */
const BothLanguages = z.strictObject({ en: z.string().min(1), ru: z.string().min(1) });

/** Parts of an evidence pack. */
export const PackPart = z.enum([
  "calls",
  "screenings",
  "consents",
  "opt-outs",
  "registries",
  "law",
  "texts",
  "scripts",
  "caller-ids",
  "complaint",
  "measures",
  "proofs",
]);
export type PackPart = z.infer<typeof PackPart>;

/** Source of a claim. The mark is for the claim itself, which may be one part of what is cited. */
const reading = {
  citation: z.string().min(1),
  source: z.url({ protocol: /^https?$/u }),
  /** The words of the source, in its language. */
  quote: z.string().min(1).optional(),
  /** A: the law or an authority's statement was read. B: a text about it. C: from memory. */
  mark: z.enum(["A", "B", "C"]),
  read_on: z.iso.date(),
  /** Gaps in the words, what was not read, or where they were read if not at the source itself. */
  note: z.string().min(1).optional(),
  /** The text to read that would make it mark A. */
  settle: z.string().min(1).optional(),
};

/** Mark A claims that the words were read, so it needs them. The others say what would settle them. */
const hasGrounds = ({ mark, quote, settle }: z.infer<z.ZodObject<typeof reading>>) =>
  mark === "A" ? quote !== undefined : settle !== undefined;

const groundsFault = {
  error: "Mark A needs the words of its source; B and C what would settle it",
};

/** One thing that a regulator asks for after a complaint. */
const RegulatorItem = z
  .strictObject({
    id: z.string().regex(/^[a-z]{2}\.[a-z-]+$/u),
    asks: BothLanguages,
    ...reading,
    /** Parts of the pack that show it. Empty if the organization must add it itself. */
    shown_by: z.array(PackPart),
    /** Documents that the organization must add, because they are not stored here. */
    add: BothLanguages.optional(),
  })
  .refine(hasGrounds, groundsFault)
  .refine(({ shown_by, add }) => shown_by.length > 0 || add !== undefined, {
    error: "Neither a part of the pack shows it, nor does it say what to add",
  });
export type RegulatorItem = z.infer<typeof RegulatorItem>;

/** Deadline for the answer that the law itself sets. */
const Deadline = z
  .strictObject({
    /** 0 days: without undue delay. */
    amount: z.int().nonnegative(),
    unit: z.enum(["day", "business_day", "month"]),
    /** The request that must be answered, and the event from which the time runs. */
    of: BothLanguages,
    ...reading,
  })
  .refine(hasGrounds, groundsFault);

/** Contents of a regulator's file in `regulators/`. */
export const Regulator = z.strictObject({
  id: z.enum(["us", "gb", "de", "fr", "ru"]),
  authority: BothLanguages,
  law: z.string().min(1),
  /** Jurisdictions whose complaints the regulator handles, and all that lie in them. */
  places: z.array(JurisdictionId).min(1),
  /** Null where the law leaves it to the regulator's letter. */
  deadline: Deadline.nullable(),
  items: z.array(RegulatorItem).min(1),
});
export type Regulator = z.infer<typeof Regulator>;

/** Requests of regulators after a complaint about marketing calls. Engineering research, not legal advice. */
export const regulators: readonly Regulator[] = z.array(Regulator).parse([us, gb, de, fr, ru]);

/**
 * Finds the regulators of these places, in the order of `regulators`. Pass the places with all that they lie in, so
 * that a state has the regulator of its country.
 */
export const findRegulators = (places: readonly string[]): readonly Regulator[] =>
  regulators.filter((regulator) => regulator.places.some((place) => places.includes(place)));
