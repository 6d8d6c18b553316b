import { ReadNumber } from "@ringfence/core/desk/number";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { loadNumberQuery, toVerbInput } from "@/features/desk/number/number-query";
import { NotScreened } from "@/features/desk/number/number-search";
import { NumberSheet } from "@/features/desk/number/number-sheet";
import { ErasePerson } from "@/features/desk/erasure/erasure-forms";
import { api, loadChoices, loadOrExplain } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

/** The title leaves out the number, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("number");
  return { title: t("title") };
}

export default async function NumberPage({
  params,
  searchParams,
}: PageProps<"/numbers/[phoneId]">) {
  const member = await requireMember("phone.read");
  const look = await loadNumberQuery(searchParams);
  const { data: phoneId } = ReadNumber.shape.phoneId.safeParse((await params).phoneId);
  if (phoneId === undefined) notFound();

  const answer = await loadOrExplain(api.phone.read({ ...toVerbInput(look), phoneId }));
  if (answer.fault !== undefined) return <NotScreened fault={answer.fault} />;
  const seen = answer.got;
  const choices = await loadChoices(member);
  return (
    <>
      <NumberSheet {...{ seen, look, choices, member }} subject={{ phoneId }} typed={null} />
      {!seen.isErased && (
        <ErasePerson person={{ phoneId }} whyNot={await whyNot(member, "person.erase")} />
      )}
    </>
  );
}
