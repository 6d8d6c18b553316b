import { z } from "zod";

/*
 * What an access report tells about a person, section by section: the fields of a row, and how each is written. The
 * schema of the file, the printed pages and the portable copy are made from this.
 */

/**
 * How a field is stored and printed. `code` is one of our own words, `codes` several; `source`, `channels` and `scope`
 * are words that certificates print too. `data` is what a sender recorded as JSON. `machine` is for programs, and is
 * not printed.
 */
export type FieldKind =
  | "text"
  | "texts"
  | "instant"
  | "day"
  | "number"
  | "flag"
  | "code"
  | "codes"
  | "source"
  | "channels"
  | "scope"
  | "data"
  | "machine";

type Field = {
  kind: FieldKind;
  /** True if the person provided it themselves, or it was observed of them (GDPR art. 20). */
  isProvided: boolean;
};

const told = <Kind extends FieldKind>(kind: Kind) => ({ kind, isProvided: false }) as const;
const provided = <Kind extends FieldKind>(kind: Kind) => ({ kind, isProvided: true }) as const;

/** The sections in the order in which they are printed. The first field of a row is printed in front of it. */
export const reportSections = {
  person: {
    externalId: told("text"),
    name: provided("text"),
    email: provided("text"),
    language: provided("text"),
    zone: provided("text"),
    region: provided("text"),
    calledParty: told("code"),
    attributes: provided("data"),
    recordedAt: told("instant"),
    changedAt: told("instant"),
  },
  phones: {
    phone: provided("text"),
    isShared: told("flag"),
    lineType: told("code"),
    lineTypeAt: told("instant"),
  },
  consents: {
    at: provided("instant"),
    phone: provided("text"),
    event: provided("code"),
    seller: provided("text"),
    purposes: provided("texts"),
    channels: provided("channels"),
    source: provided("source"),
    form: provided("text"),
    words: provided("text"),
    validUntil: provided("instant"),
    isWritten: told("flag"),
    isProven: told("flag"),
    elements: told("machine"),
    evidence: provided("data"),
    files: told("texts"),
    recordedAt: told("instant"),
    recordedBy: told("code"),
    certificate: told("machine"),
  },
  confirmations: {
    at: told("instant"),
    phone: told("text"),
    means: told("code"),
    email: provided("text"),
    isAsked: told("flag"),
    sentAt: told("instant"),
    confirmedAt: told("instant"),
    disownedAt: told("instant"),
  },
  optOuts: {
    at: provided("instant"),
    phone: provided("text"),
    reference: provided("text"),
    scope: provided("scope"),
    seller: provided("text"),
    purpose: provided("text"),
    channel: provided("source"),
    note: told("text"),
    recording: told("text"),
    correctedAt: told("instant"),
    correction: told("text"),
    receiptMail: provided("text"),
    recordedAt: told("instant"),
    recordedBy: told("code"),
    certificate: told("machine"),
  },
  suppressions: {
    at: told("instant"),
    phone: told("text"),
    reason: told("code"),
    until: told("instant"),
    recordedAt: told("instant"),
    recordedBy: told("code"),
  },
  preferences: {
    at: provided("instant"),
    phone: provided("text"),
    days: provided("texts"),
    opensAt: provided("text"),
    closesAt: provided("text"),
    refusedDialers: provided("codes"),
  },
  restrictions: {
    at: told("instant"),
    ground: told("code"),
    endedAt: told("instant"),
    endReason: told("code"),
    recordedBy: told("code"),
  },
  screenings: {
    at: told("instant"),
    phone: told("text"),
    seller: told("text"),
    purpose: told("text"),
    verdict: told("code"),
    reasons: told("texts"),
    consentSince: told("instant"),
    registries: told("texts"),
    rules: told("machine"),
    dialer: told("code"),
    campaign: told("text"),
    permitUntil: told("instant"),
    recordedBy: told("code"),
  },
  calls: {
    at: told("instant"),
    phone: told("text"),
    seller: told("text"),
    purpose: told("text"),
    outcome: told("code"),
    seconds: told("number"),
    campaign: told("text"),
    dialer: told("text"),
    senderId: told("text"),
    recordedAt: told("instant"),
  },
  violations: {
    at: told("instant"),
    phone: told("text"),
    causes: told("texts"),
    foundAt: told("instant"),
    closedAt: told("instant"),
    notes: told("texts"),
  },
  activities: {
    at: provided("instant"),
    type: provided("text"),
    amount: provided("number"),
    category: provided("text"),
    properties: provided("data"),
    recordedAt: told("instant"),
  },
  topics: {
    at: provided("instant"),
    topic: provided("text"),
    value: provided("text"),
  },
  segments: {
    title: told("text"),
    refreshedAt: told("instant"),
    because: told("texts"),
  },
  campaigns: {
    at: told("instant"),
    title: told("text"),
    offer: told("text"),
    isBelowThreshold: told("flag"),
  },
  messages: {
    at: provided("instant"),
    phone: provided("text"),
    channel: provided("source"),
    mailbox: provided("text"),
    text: provided("text"),
  },
  complaints: {
    at: provided("instant"),
    phone: provided("text"),
    text: provided("text"),
    source: told("code"),
    seller: provided("text"),
    regulator: told("text"),
    regulatorReference: told("text"),
    senderId: told("text"),
    calledAt: provided("instant"),
    calledOn: provided("day"),
    dueAt: told("instant"),
    decision: told("code"),
    decidedAt: told("instant"),
    appealedAt: told("instant"),
    steps: told("texts"),
    tasks: told("texts"),
  },
  holds: {
    at: told("instant"),
    scope: told("code"),
    liftedAt: told("instant"),
  },
  lookups: {
    at: told("instant"),
    phone: told("text"),
    asked: told("text"),
    answer: told("code"),
    since: told("day"),
  },
  codes: {
    at: told("instant"),
    phone: told("text"),
    means: told("code"),
    sentAt: told("instant"),
    openedAt: told("instant"),
  },
  imports: {
    at: told("instant"),
    fileName: told("text"),
    kind: told("code"),
  },
  recipients: {
    lastAt: told("instant"),
    kind: told("code"),
    title: told("text"),
    received: told("codes"),
    times: told("number"),
  },
  accesses: {
    at: told("instant"),
    kind: told("code"),
    by: told("code"),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type ReportSection = keyof typeof reportSections;

const isSection = (key: string): key is ReportSection => Object.hasOwn(reportSections, key);

export const reportSectionNames: readonly ReportSection[] =
  Object.keys(reportSections).filter(isSection);

type Names<Section> = Section extends ReportSection
  ? keyof (typeof reportSections)[Section]
  : never;

/** Name of a field of any section. */
export type ReportField = Names<ReportSection>;

const values = {
  text: z.string(),
  texts: z.array(z.string()),
  instant: z.date(),
  day: z.iso.date(),
  number: z.number(),
  flag: z.boolean(),
  code: z.string(),
  codes: z.array(z.string()),
  source: z.string(),
  channels: z.array(z.string()),
  scope: z.string(),
  data: z.record(z.string(), z.unknown()),
  machine: z.unknown(),
} as const satisfies Readonly<Record<FieldKind, z.ZodType>>;

type ValueOf<One> = One extends { kind: infer Kind extends FieldKind }
  ? z.infer<(typeof values)[Kind]> | null
  : never;

/** A row of a section. Null: it is not on record. */
export type ReportRow<Section extends ReportSection> = {
  -readonly [Name in keyof (typeof reportSections)[Section]]: ValueOf<
    (typeof reportSections)[Section][Name]
  >;
};

export type ReportRows = { [Section in ReportSection]: readonly ReportRow<Section>[] };

/** A field of a section with its name, for what is done to all of them alike. */
export type NamedField = Field & { name: ReportField };

/** Lists the fields of a section, in their order. */
export const listFields = (section: ReportSection): readonly NamedField[] =>
  Object.entries<Field>(reportSections[section]).map(([name, field]) => ({
    ...field,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of one of the sections
    name: name as ReportField,
  }));

/** Reads the value of a field of a row. */
export const readField = (row: object, name: ReportField): unknown =>
  Object.entries(row).find(([key]) => key === name)?.[1] ?? null;

/** The schema of the rows of a section, as they are in the file. */
export const rowsSchema = (section: ReportSection) =>
  z.array(
    z.strictObject(
      Object.fromEntries(
        listFields(section).map(({ name, kind }) => [
          name,
          kind === "instant" ? z.iso.datetime().nullable() : values[kind].nullable(),
        ]),
      ),
    ),
  );
