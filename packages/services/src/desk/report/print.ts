import { ReportRequest } from "@ringfence/core/desk/report";
import type { Locale } from "@ringfence/core/platform/message";
import { openSheet, query } from "../../platform/internal.ts";
import { type Report, composeReport } from "./compose.ts";

/** Prints the report of the last seven whole days as a PDF. */
export const printReport = query({
  name: "printReport",
  action: "report.read",
  input: ReportRequest,
  run: async (ctx, { locale, zone, fontFolder }): Promise<Uint8Array> =>
    toPdf(await composeReport(ctx, { locale, zone }), locale, fontFolder),
  // It contains no data of people.
  audit: "none",
});

/** Prints a report as a PDF for members. `fontFolder` is the folder `fonts` of this package. */
export function toPdf(
  { title, lead, sections }: Report,
  locale: Locale,
  fontFolder: string,
): Promise<Uint8Array> {
  const sheet = openSheet({ title, fontFolder, locale });
  sheet.head(null, [], lead);
  for (const { title, lines } of sections) {
    const unlabeled = lines.every(({ label }) => label === "");
    if (unlabeled) {
      sheet.sentences(
        title,
        lines.map(({ value }) => value),
      );
    } else sheet.facts(title, lines);
  }
  return sheet.end();
}

type MailWords = {
  /** Words of the link to Today. */
  open: string;
  todayUrl: string;
  /** Words of the link that stops these mails. */
  stop: string;
  stopUrl: string;
};

/** Writes the report as plain text for mail programs. */
export const toText = ({ title, lead, sections }: Report, words: MailWords): string =>
  [
    title,
    lead,
    ...sections.map(({ title, lines }) =>
      [title, ...lines.map(({ label, value }) => (label ? `- ${label}: ${value}` : value))].join(
        "\n",
      ),
    ),
    `${words.open}: ${words.todayUrl}`,
    `${words.stop}: ${words.stopUrl}`,
  ].join("\n\n");

/** Writes the report as HTML for mail programs: no images, no scripts, nothing from elsewhere. */
export function toHtml({ title, lead, sections }: Report, locale: Locale, words: MailWords) {
  const body = sections.map(({ title, lines }) => {
    const rows = lines.map(
      ({ label, value }) =>
        `<tr><th scope="row" align="left" valign="top">${escape(label)}</th><td>${escape(value)}</td></tr>`,
    );
    return `<h2>${escape(title)}</h2><table cellpadding="4">${rows.join("")}</table>`;
  });
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body><h1>${escape(title)}</h1><p>${escape(lead)}</p>${body.join("")}<p><a href="${escape(words.todayUrl)}">${escape(words.open)}</a></p><p><a href="${escape(words.stopUrl)}">${escape(words.stop)}</a></p></body></html>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escape = (text: string) => text.replaceAll(/[&<>"]/g, (char) => entities[char] ?? char);
