import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { connection } from "next/server";
import { Mark } from "@/components/icons";
import { Verifier } from "@/features/proof/certificate/verifier";
import { loadPublishedTrust } from "@/server/installation";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verify");
  return { title: t("title") };
}

/** Verifies a certificate for anyone. The file is checked in the browser and never uploaded. */
export default async function VerifyPage() {
  await connection();
  const t = await getTranslations("verify");
  return (
    <main className="mx-auto grid min-h-dvh max-w-[46rem] content-start gap-5 px-4 py-10">
      <p className="flex items-center gap-2 font-semibold">
        <Mark />
        Ringfence
      </p>
      <h1>{t("title")}</h1>
      <p>{t("note")}</p>
      <Verifier site={await loadPublishedTrust()} />
      <p className="border-t border-line pt-3 text-sm text-muted">{t("offline")}</p>
    </main>
  );
}
