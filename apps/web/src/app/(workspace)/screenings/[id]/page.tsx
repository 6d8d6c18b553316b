import { readScreeningRef } from "@ringfence/core/calling/screening";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { api } from "@/server/caller";
import { loadOrNotFound } from "@/server/load-or-not-found";
import { requireMember } from "@/server/require-member";
import { PastRow } from "./past-row";
import { PastScreening } from "./past-screening";

/** The title leaves out the number, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("screening");
  return { title: t("title") };
}

/** A past screening or a row of a scrub: the verdict, the facts behind it, and what happened afterwards. */
export default async function ScreeningPage({ params }: PageProps<"/screenings/[id]">) {
  const asked = readScreeningRef((await params).id) ?? notFound();
  const member = await requireMember("row" in asked ? "scrub.read" : "screening.read");
  return "row" in asked ? (
    <PastRow view={await loadOrNotFound(api.screening.readRow(asked))} member={member} />
  ) : (
    <PastScreening view={await loadOrNotFound(api.screening.read(asked))} member={member} />
  );
}
