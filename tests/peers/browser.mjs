// A headless Chromium that asks nobody for anything.
import { chromium } from "playwright-core";

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export async function inBrowser(work) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
