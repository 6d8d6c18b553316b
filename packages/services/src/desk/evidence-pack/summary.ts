import { writeCitation } from "@ringfence/core/people/jurisdiction";
import type { Regulator } from "@ringfence/core/desk/evidence-pack";
import { describeClaims } from "@ringfence/core/proof/ledger";
import { type Locale, formatInstant, say } from "@ringfence/core/platform/message";
import { type Fact, type Sheet, openSheet } from "../../platform/internal.ts";
import type { ScreeningView } from "../../calling/screening/internal.ts";
import { type CallRecord, type PackRecords, toCauseMessages } from "./collect-records.ts";
import type { PackEvidence } from "./evidence-files.ts";
import {
  type TimelineEntry,
  listFirstStatements,
  listFolders,
  nameStatement,
} from "./pack-files.ts";

type SummarySettings = {
  records: PackRecords;
  timeline: readonly TimelineEntry[];
  regulator: Regulator | null;
  evidence: readonly PackEvidence[];
  madeAt: Date;
  locale: Locale;
  fontFolder: string;
};

/** The most calls that the summary describes. The files of the pack have all. */
const MAX_CALLS_SHOWN = 20;

/**
 * Prints the pages that a person reads first, as PDF/A-2b: the complaint, each call with the screening before it, what
 * the person agreed to and refused, violations, and where the pack has what the regulator asks for.
 */
export async function printSummary({
  records,
  timeline,
  regulator,
  evidence,
  madeAt,
  locale,
  fontFolder,
}: SummarySettings): Promise<Uint8Array> {
  const { complaint, organization, calls, screenings, statements, violations } = records;
  const { zone } = organization;
  const tell = (key: Parameters<typeof say>[1]) => say(locale, key, zone);
  const title = tell({ key: "pack.title" });
  const sheet = openSheet({ title, fontFolder, locale, isArchival: true });
  sheet.head(
    null,
    [tell({ key: "pack.calls-in-all", values: { count: calls.length } })],
    tell({ key: "pack.lead", values: { organization: organization.name, at: madeAt, zone } }),
  );

  sheet.facts(tell({ key: "pack.complaint" }), [
    { label: tell({ key: "pack.number" }), value: complaint.phone ?? tell({ key: "pack.erased" }) },
    {
      label: tell({ key: "pack.received" }),
      value: formatInstant(locale, zone, complaint.receivedAt, "evidence"),
    },
    ...(complaint.regulatorReference
      ? [{ label: tell({ key: "pack.reference" }), value: complaint.regulatorReference }]
      : []),
    { label: tell({ key: "pack.words" }), value: complaint.text || tell({ key: "pack.erased" }) },
  ]);

  const named = new Map(screenings.map((screening) => [screening.id, screening]));
  for (const call of calls.slice(0, MAX_CALLS_SHOWN)) {
    sheet.facts(tell({ key: "pack.call", values: { at: call.at } }), [
      ...describeCall(call, records, locale),
      ...describeScreening(call.screeningId && named.get(call.screeningId), locale, zone),
    ]);
  }

  const more = calls.length - MAX_CALLS_SHOWN;
  if (more > 0) {
    sheet.sentences(tell({ key: "pack.calls" }), [
      tell({ key: "pack.more-calls", values: { count: more } }),
    ]);
  }

  for (const [, statement] of listFirstStatements(statements)) {
    const lines = describeClaims(locale, statement.claims, zone);
    sheet.facts(
      nameStatement(statement, locale),
      lines.filter(({ claim }) => shownClaims.has(claim)),
    );
  }

  writeEvidence(sheet, evidence, locale);
  sheet.sentences(
    tell({ key: "pack.measures" }),
    violations.length === 0
      ? [tell({ key: "pack.no-violation" })]
      : [
          ...violations.flatMap((one) => toCauseMessages(one).map((message) => tell(message))),
          tell({ key: "pack.steps-taken" }),
        ],
  );
  sheet.facts(
    tell({ key: "pack.timeline" }),
    timeline.map(({ at, what }) => ({
      label: formatInstant(locale, zone, at, "evidence"),
      value: what,
    })),
  );
  if (regulator) writeRegulator(sheet, regulator, locale);
  sheet.sentences(tell({ key: "pack.checking" }), [tell({ key: "pack.how-to-check" })]);
  return sheet.end();
}

/** Says how many recordings and scans are in the pack, and how many are left out. */
function writeEvidence(sheet: Sheet, evidence: readonly PackEvidence[], locale: Locale) {
  if (evidence.length === 0) return;
  const files = new Set(evidence.flatMap(({ path }) => path ?? [])).size;
  const leftOut = new Set(evidence.filter(({ path }) => path === null).map(({ sha256 }) => sha256));
  const inPack = { key: "pack.evidence-in", values: { count: files } } as const;
  const notInPack = { key: "pack.evidence-left-out", values: { count: leftOut.size } } as const;
  sheet.sentences(say(locale, { key: "pack.evidence" }), [
    ...(files > 0 ? [say(locale, inPack)] : []),
    ...(leftOut.size > 0 ? [say(locale, notInPack)] : []),
  ]);
}

/** Writes what a regulator asks for, and where the pack has it. */
function writeRegulator(sheet: Sheet, { authority, items }: Regulator, locale: Locale) {
  const tell = (key: Parameters<typeof say>[1]) => say(locale, key);
  sheet.facts(
    tell({ key: "pack.asked", values: { authority: authority[locale] } }),
    items.map((item) => ({
      label: writeCitation(item.citation, locale),
      value: [
        item.asks[locale],
        item.shown_by.length > 0
          ? tell({ key: "pack.shown-in", values: { folders: listFolders(item) } })
          : "",
        item.add ? tell({ key: "pack.add", values: { what: item.add[locale] } }) : "",
      ]
        .filter((text) => text !== "")
        .join("\n"),
    })),
  );
}

const shownClaims: ReadonlySet<string> = new Set([
  "phone",
  "seller",
  "purposes",
  "channels",
  "scope",
  "at",
  "valid_until",
  "source",
  "channel",
  "url",
  "reference",
]);

const describeCall = (
  call: CallRecord,
  { sellerNames, purposeNames }: PackRecords,
  locale: Locale,
): Fact[] => [
  {
    label: say(locale, { key: "pack.seller" }),
    value: sellerNames.get(call.seller) ?? call.seller,
  },
  {
    label: say(locale, { key: "pack.purpose" }),
    value: purposeNames.get(call.purpose) ?? call.purpose,
  },
  { label: say(locale, { key: "pack.outcome" }), value: call.outcome ?? "–" },
  ...(call.externalId
    ? [{ label: say(locale, { key: "pack.external-id" }), value: call.externalId }]
    : []),
];

/** Describes the screening before a call: the verdict with its reasons, and the rules and registries of that day. */
function describeScreening(
  screening: ScreeningView | null | undefined,
  locale: Locale,
  zone: string,
): Fact[] {
  const label = say(locale, { key: "pack.screening" });
  if (!screening) return [{ label, value: say(locale, { key: "pack.not-screened" }) }];
  const { verdict, at, refusals, warnings, checked, editions, rules } = screening;
  const reasons = [...refusals, ...warnings].map(
    ({ message, citation }) =>
      `${say(locale, message, zone)}${citation ? ` (${writeCitation(citation, locale)})` : ""}`,
  );
  const { consent } = checked;
  return [
    {
      label,
      value: [say(locale, { key: "pack.verdict", values: { verdict, at } }, zone), ...reasons].join(
        "\n",
      ),
    },
    ...(consent
      ? [
          {
            label: say(locale, { key: "pack.consent" }),
            value: say(
              locale,
              { key: "pack.consent-since", values: { at: consent.since, id: consent.id } },
              zone,
            ),
          },
        ]
      : []),
    ...editions.map(({ name, edition, ageDays, limitDays }) => ({
      label: name,
      value: say(locale, {
        key: "pack.edition",
        values: { edition, days: ageDays ?? 0, limit: limitDays ?? 0 },
      }),
    })),
    ...rules.deciding.map(({ id, citation }) => ({
      label: id,
      value: writeCitation(citation, locale),
    })),
  ];
}
