"use client";

import type { Leaf } from "@ringfence/core/audience/segment";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { freshLeaf } from "./fresh-leaf";
import { addsId, type Path } from "./rule-edit";
import { useEditor } from "./rule-editor";
import { useWorld } from "./rule-world";

/** What a group can get more of. What a row asks about is chosen in it. */
export function GroupAdds({ path, isEmpty }: { path: Path; isEmpty: boolean }) {
  const t = useTranslations("segmentBuilder");
  const world = useWorld();
  const { add } = useEditor();
  const addLeaf = (kind: Leaf["is"]) => {
    const leaf = freshLeaf(kind, world);
    if (leaf !== null) add(path, leaf);
  };
  return (
    <div className="flex flex-wrap items-center gap-1 pt-1 sm:pl-7">
      {isEmpty && <p className="basis-full py-1 text-sm text-muted">{t("emptyGroup")}</p>}
      <Button
        id={addsId(path)}
        size="small"
        look="quiet"
        icon={Plus}
        onClick={() => addLeaf("attribute")}
      >
        {t("addCondition")}
      </Button>
      <Button size="small" look="quiet" icon={Plus} onClick={() => addLeaf("activity")}>
        {t("addActivity")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={Plus}
        onClick={() => add(path, { is: "any", of: [] })}
      >
        {t("addGroup")}
      </Button>
    </div>
  );
}
