"use client";

import { Download } from "lucide-react";
import { DropdownMenu } from "@/components/dropdown-menu";
import { words } from "./words";

export const RowMenu = () => (
  <DropdownMenu
    label={words.more}
    items={[
      { label: words.show, onSelect: () => {} },
      { label: words.exportCsv, icon: Download, onSelect: () => {} },
    ]}
  />
);
