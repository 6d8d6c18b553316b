import type { RecordConsent } from "@ringfence/core/consents/consent";

/** A person of the demo. All are invented; the US numbers are reserved for fiction. */
export type Person = {
  name: string;
  phone: string;
  addressRegion?: string;
  locale?: string;
  consent?: ConsentMade;
};

type ConsentMade = Pick<RecordConsent, "source" | "evidence"> & {
  daysAgo: number;
  endedDaysAgo?: number;
};

const form = (source: RecordConsent["source"], daysAgo: number): ConsentMade => ({
  source,
  daysAgo,
  evidence: {
    act: "ticked",
    ip: "203.0.113.7",
    states: ["data_types", "right_to_withdraw", "scope", "revocation_info"],
  },
});
const spoken = (daysAgo: number): ConsentMade => ({
  source: "phone",
  daysAgo,
  evidence: { act: "spoken", recording: "demo/recording.ogg" },
});
const onPaper = (source: "paper" | "import", daysAgo: number): ConsentMade => ({
  source,
  daysAgo,
  evidence: { act: "signed", scan: "demo/scan.pdf" },
});

/** The people named in contract 12, all in one area code, which the demo's registry covers. */
export const namedPeople = {
  optedOut: {
    name: "Olive Outway",
    phone: "+18185550101",
    addressRegion: "US-CA",
    consent: form("website_form", 200),
  },
  listed: {
    name: "Lister Noble",
    phone: "+18185550102",
    addressRegion: "US-CA",
    consent: spoken(40),
  },
  noConsent: { name: "Nora Asken", phone: "+18185550103", addressRegion: "US-CA" },
  expired: {
    name: "Ezra Pastor",
    phone: "+18185550104",
    addressRegion: "US-CA",
    consent: { ...form("checkout", 500), endedDaysAgo: 100 },
  },
  unknownZone: { name: "Una Nowhere", phone: "+15825550105", consent: form("newsletter", 90) },
} satisfies Record<string, Person>;

/**
 * People who gave consent, through every source, in time zones from Hawaii to Kamchatka. At every
 * hour of every day at least one may be called: the demo's own hours include Sundays and holidays.
 * Calls to India are refused, because its preference register is not connected.
 */
export const consentingPeople: readonly Person[] = [
  {
    name: "Kai Nalani",
    phone: "+18085550110",
    addressRegion: "US-HI",
    consent: form("registration", 300),
  },
  {
    name: "Leilani Moke",
    phone: "+18085550111",
    addressRegion: "US-HI",
    consent: onPaper("paper", 420),
  },
  {
    name: "Aurora Frost",
    phone: "+19075550112",
    addressRegion: "US-AK",
    consent: form("website_form", 30),
  },
  {
    name: "Luis Ortega",
    phone: "+12135550113",
    addressRegion: "US-CA",
    consent: form("checkout", 12),
  },
  {
    name: "Maya Fields",
    phone: "+18185550114",
    addressRegion: "US-CA",
    consent: form("newsletter", 75),
  },
  {
    name: "Dean Summit",
    phone: "+13035550115",
    addressRegion: "US-CO",
    consent: onPaper("import", 610),
  },
  {
    name: "Dallas Reed",
    phone: "+12145550142",
    addressRegion: "US-TX",
    consent: form("website_form", 140),
  },
  { name: "Chi Park", phone: "+13125550117", addressRegion: "US-IL", consent: spoken(20) },
  {
    name: "Nia York",
    phone: "+12125550118",
    addressRegion: "US-NY",
    consent: form("registration", 55),
  },
  {
    name: "Miami Sol",
    phone: "+13055550119",
    addressRegion: "US-FL",
    consent: form("checkout", 9),
  },
  {
    name: "Анна Невская",
    phone: "+79990000017",
    addressRegion: "RU-MOW",
    locale: "ru",
    consent: form("website_form", 60),
  },
  {
    name: "Глеб Уралов",
    phone: "+73430000018",
    addressRegion: "RU-SVE",
    locale: "ru",
    consent: form("registration", 33),
  },
  {
    name: "Вера Приморская",
    phone: "+74230000019",
    addressRegion: "RU-PRI",
    locale: "ru",
    consent: onPaper("paper", 210),
  },
  {
    name: "Иван Авачин",
    phone: "+74152000020",
    addressRegion: "RU-KAM",
    locale: "ru",
    consent: form("newsletter", 80),
  },
  {
    name: "Asha Rao",
    phone: "+919876543210",
    addressRegion: "IN",
    consent: form("website_form", 45),
  },
  {
    name: "Ravi Menon",
    phone: "+919876543211",
    addressRegion: "IN",
    consent: form("registration", 18),
  },
  {
    name: "Greta Baum",
    phone: "+493012345678",
    addressRegion: "DE",
    consent: form("website_form", 100),
  },
];
