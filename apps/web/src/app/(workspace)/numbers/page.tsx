import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { loadNumberQuery, numberPath, toVerbInput } from "@/features/desk/number/number-query";
import { NotScreened, NumberStart, UnreadableNumber } from "@/features/desk/number/number-search";
import { NumberSheet } from "@/features/desk/number/number-sheet";
import { api, loadChoices, loadOrExplain } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { unsealText } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("number");
  return { title: t("title") };
}

/** Shows a typed number that is not on record. A number on record has its own address and is shown there. */
export default async function NumbersPage({ searchParams }: PageProps<"/numbers">) {
  const member = await requireMember("phone.read");
  const params = await searchParams;
  const seal = typeof params.asked === "string" ? params.asked : null;
  const typed = seal && (await unsealText(seal));
  if (seal === null || typed === null) {
    const { homeRegion } = await api.organization.read();
    return <NumberStart isOver={seal !== null} homeRegion={homeRegion} />;
  }

  const look = loadNumberQuery(params);
  const answer = await loadOrExplain(api.phone.find({ ...toVerbInput(look), phone: typed }));
  if (answer.fault !== undefined) return <NotScreened fault={answer.fault} />;
  const seen = answer.got;
  if (seen.phoneId !== null && !seen.isErased) {
    redirect(numberPath({ phoneId: seen.phoneId }, look));
  }
  if (seen.reading && "fault" in seen.reading) {
    return <UnreadableNumber typed={typed} fault={seen.reading.fault} look={look} />;
  }
  const choices = await loadChoices(member);
  return <NumberSheet {...{ seen, look, choices, typed, member }} subject={{ asked: seal }} />;
}
