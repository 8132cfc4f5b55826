// Does what a reader does with a page, and tells what is seen after each step.
//
// Standard input: {"name": {"file": ..., "steps": [...]}}; a line of JSON for each name.
import { pathToFileURL } from "node:url";
import { text } from "node:stream/consumers";
import { inBrowser } from "./browser.mjs";

const steps = {
  click: (page, name) => page.locator(`g.cell[data-name="${name}"]`).click(),
  press: (page, key) => page.keyboard.press(key),
  type: (page, words) => page.keyboard.type(words),
  button: (page, name) => page.locator(`#${name}`).click(),
  scheme: (page, colorScheme) => page.emulateMedia({ colorScheme }),
  motion: (page, reducedMotion) => page.emulateMedia({ reducedMotion }),
  media: (page, media) => page.emulateMedia({ media }),
  async drag(page, [right, down]) {
    await page.mouse.move(20, 500);
    await page.mouse.down();
    await page.mouse.move(20 + right / 2, 500 + down / 2);
    await page.mouse.move(20 + right, 500 + down);
    await page.mouse.up();
  },
  async wheel(page, turn) {
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, turn);
    await page.waitForTimeout(100);
  },
};

function seen() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const texts = (selector) => all(selector).map((element) => element.textContent);
  const cell = document.activeElement.closest("g.cell");
  return {
    title: document.title,
    panel: texts("#panel h2, #panel h3"),
    rows: all("#panel tr").map((row) => [...row.children].map((part) => part.textContent)),
    facts: all("#panel dt").map((name) => [name.textContent, name.nextSibling.textContent]),
    findings: texts(".findings li"),
    text: document.querySelector("#panel").textContent,
    links: all("#panel a").map((link) => [link.href, link.target, link.rel]),
    on: all("g.cell.on").map((part) => part.dataset.name),
    routes: all("g.route.on").map((part) => `${part.dataset.from} -> ${part.dataset.to}`),
    flags: all(".flag").map((part) => part.getAttribute("class")),
    cells: all("g.cell").map((part) => part.getAttribute("aria-label")),
    roles: all("g.cell").map((part) => part.getAttribute("role")),
    stops: all("g.cell[tabindex='0']").length,
    drawn: texts("svg text"),
    focus: cell ? cell.dataset.name : document.activeElement.id || document.activeElement.tagName,
    found: texts("#found li"),
    status: document.querySelector("#status").textContent,
    view: document.querySelector("svg").getAttribute("viewBox").split(" ").map(Number),
    page: getComputedStyle(document.querySelector("#stage")).backgroundColor,
    moving: [".trace polyline"].flatMap(all).map((line) => getComputedStyle(line).animationName),
    bar: getComputedStyle(document.querySelector("header")).display,
    elements: all("script, img, iframe, link, object, embed").map((part) => part.tagName),
  };
}

async function drive(browser, name, { file, steps: wanted }) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const [told, asked] = [[], []];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(String(error)));
  page.on("dialog", (dialog) => (told.push(dialog.message()), dialog.dismiss()));
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.log(`${event.violatedDirective} violated`));
  });
  await page.goto(pathToFileURL(file).href);
  const states = [await page.evaluate(seen)];
  for (const [step, value] of wanted) {
    await steps[step](page, value);
    states.push(await page.evaluate(seen));
  }
  const image = (await page.screenshot()).toString("base64");
  const heard = [...told];
  const blocked = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran !== true;
  });
  await page.close();
  console.log(JSON.stringify({ name, states, told: heard, asked, image, blocked }));
}

const scenes = Object.entries(JSON.parse(await text(process.stdin)));
await inBrowser(async (browser) => {
  const work = async () => {
    while (scenes.length) await drive(browser, ...scenes.shift());
  };
  await Promise.all([work(), work(), work(), work()]);
});
