"use client";

import { Printer } from "lucide-react";
import { Button } from "./button";

export const PrintButton = ({ children }: { children: string }) => (
  <Button size="small" icon={Printer} onClick={() => window.print()}>
    {children}
  </Button>
);
