import type { Role } from "@ringfence/core/platform/access";
import { createRandom } from "../../../bench/generators/random.ts";

/** A customer of the demo's bank. All are invented; the US numbers are reserved for fiction. */
export type Customer = {
  id: string;
  name: string;
  phone: string;
  region: string;
  locale: "en" | "ru";
  product: "card" | "loan" | "savings";
  /** Week of the year (0 is the first) in which the bank's CRM sent them. */
  week: number;
  /** The way in which they agreed to calls; null if they never did. */
  consent: { source: ConsentSource; act: "ticked" | "signed" | "spoken" | null } | null;
};

type ConsentSource =
  | "newsletter"
  | "website_form"
  | "registration"
  | "checkout"
  | "phone"
  | "paper";

/** Colleagues besides the one of each role, who share the password of all members of the demo. */
export const colleagues: readonly { key: string; role: Role; name: string }[] = [
  { key: "dana.brooks", role: "agent", name: "Dana Brooks" },
  { key: "miguel.santos", role: "agent", name: "Miguel Santos" },
  { key: "priya.nair", role: "officer", name: "Priya Nair" },
  { key: "tom.okafor", role: "marketer", name: "Tom Okafor" },
];

/** States, each with an area code in which nobody else in the demo has a number. */
const states = [
  ["US-CA", 310],
  ["US-CO", 720],
  ["US-IL", 773],
  ["US-OH", 614],
  ["US-PA", 215],
] as const;
const NUMBERS_PER_STATE = 95;

const firstNames =
  "Ada Alan Amara Ben Bianca Carl Carmen Cleo Dario Della Eli Elsa Femi Fiona Gus Hana Hugo Ines Ivan Jade Joel Kara Kofi Lena Liam Lupe Mae Milo Nadia Nils Omar Opal Pablo Pearl Quinn Rosa Rufus Sana Seth Tara Theo Uma Vera Wade Wren Xenia Yuki Zane".split(
    " ",
  );
const lastNames =
  "Abbott Adeyemi Alvarez Bauer Bell Castro Chen Cole Diaz Dunn Ellis Fisher Flores Gray Greene Hale Haines Ito Jensen Kaur Keller Lang Lowe Marsh Meyer Moss Nash Novak Ortiz Park Pierce Quill Reyes Rhodes Sato Shaw Stone Tran Usman Vance Voss Walsh West Yates Young Zeller".split(
    " ",
  );
const russianNames =
  "Алёна Белова,Артём Ветров,Галина Дроздова,Денис Ершов,Жанна Зимина,Кирилл Ладога,Лидия Морозова,Матвей Осин,Нина Рябинина,Олег Соколов,Полина Тихая,Семён Ушаков,Таисия Фомина,Фёдор Холмов,Юлия Чайка,Яков Шилов".split(
    ",",
  );

const sources: readonly ConsentSource[] = [
  "website_form",
  "website_form",
  "registration",
  "registration",
  "newsletter",
  "checkout",
  "checkout",
  "paper",
  "phone",
];
const acts = {
  newsletter: "ticked",
  website_form: "ticked",
  registration: "ticked",
  checkout: "ticked",
  phone: "spoken",
  paper: "signed",
} as const;

/** Weeks in which the CRM sent customers, with how many of a hundred came then. */
const arrivals = [
  { week: 0, percent: 58 },
  { week: 13, percent: 16 },
  { week: 26, percent: 14 },
  { week: 39, percent: 12 },
] as const;

/** Creates the customers of the year. They are the same at every start. */
export function makeCustomers(): Customer[] {
  const random = createRandom(2_026);
  const pick = <T>(some: readonly T[]): T => {
    const one = some[Math.floor(random() * some.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  const add = (index: number, who: Pick<Customer, "name" | "phone" | "region" | "locale">) => {
    const source = pick(sources);
    // Some of the older lists do not say what the person did.
    const act = random() < 0.1 ? null : acts[source];
    return {
      ...who,
      id: `C-${String(10_001 + index)}`,
      product: pick(["card", "card", "loan", "savings"] as const),
      week: findArrival(random() * 100),
      consent: random() < 0.84 ? { source, act } : null,
    };
  };
  const americans = states.flatMap(([region, area]) =>
    Array.from({ length: NUMBERS_PER_STATE }, (_, n) => ({
      name: `${pick(firstNames)} ${pick(lastNames)}`,
      phone: `+1${area}55501${String(n).padStart(2, "0")}`,
      region,
      locale: "en" as const,
    })),
  );
  const russians = russianNames.map((name, n) => ({
    name,
    phone: `+79990000${100 + n}`,
    region: n % 2 === 0 ? "RU-MOW" : "RU-SPE",
    locale: "ru" as const,
  }));
  return [...americans, ...russians].map((who, index) => add(index, who));
}

function findArrival(percent: number): number {
  let sum = 0;
  for (const arrival of arrivals) {
    sum += arrival.percent;
    if (percent < sum) return arrival.week;
  }
  return 0;
}

export const arrivalWeeks = arrivals.map(({ week }) => week);
