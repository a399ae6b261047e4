// The citizen's phone: polls the chat, draws what is new, and sends what is tapped or typed.
"use strict";

const $ = (id) => document.getElementById(id);
const USER = document.body.dataset.user;
const ACCOUNT = document.body.dataset.account;
const PAUSE_BETWEEN_TIMES = 300;
const QUIET_MS = 1200, BUSY_MS = 150;
const state = { after: 0, epoch: null, lastAt: 0, menu: "", keyboard: false, follows: null, busyUntil: 0, timer: 0 };

const address = (path, query = {}) => `/phone/${path}?${new URLSearchParams({ user: USER, ...query })}`;

function make(tag, className = "", words = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (words) node.textContent = words;
  return node;
}

// ---- speaking with the emulator

async function act(name, body = {}) {
  const form = body instanceof FormData;
  trouble("");
  state.busyUntil = Date.now() + 1000;
  try {
    const answer = await fetch(address(name), {
      method: "POST", body: form ? body : JSON.stringify(body), headers: form ? {} : { "Content-Type": "application/json" },
    });
    const value = await answer.json();
    if (!answer.ok) trouble(value.error);
    poll();
    return answer.ok ? value : null;
  } catch {
    trouble("连不上微信模拟器，请看看它是否还在运行。");
    return null;
  }
}

function trouble(words) {
  $("trouble").textContent = words;
  $("trouble").hidden = !words;
}

async function poll() {
  clearTimeout(state.timer);
  let busy = Date.now() < state.busyUntil;
  try {
    const value = await (await fetch(address("chat", { after: state.after }))).json();
    if (state.epoch && state.epoch !== value.epoch) return location.reload();
    state.epoch = value.epoch;
    show(value);
    busy ||= value.typing;
    if ($("trouble").dataset.offline) { trouble(""); delete $("trouble").dataset.offline; }
  } catch {
    $("trouble").dataset.offline = "1";
    trouble("连不上微信模拟器，正在重试……");
  }
  clearTimeout(state.timer);
  state.timer = setTimeout(poll, busy ? BUSY_MS : QUIET_MS);
}

// ---- drawing

function show(value) {
  const list = $("messages");
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const fresh = value.bubbles.filter((bubble) => bubble.number > state.after);
  for (const bubble of fresh) drawBubble(bubble, value.now);
  if (fresh.length) state.after = fresh.at(-1).number;
  if (fresh.length && (near || fresh.some((bubble) => bubble.from === "citizen"))) list.scrollTop = list.scrollHeight;
  $("typing").textContent = value.typing ? "对方正在输入…" : "";
  showFollowing(value.follows);
  if (JSON.stringify(value.menu) !== state.menu) drawMenu(value.menu);
}

function showFollowing(follows) {
  if (follows === state.follows) return;
  state.follows = follows;
  $("welcome").hidden = follows;
  $("bar").hidden = !follows;
  $("profile-follow").hidden = follows;
  $("unfollow-button").hidden = !follows;
  $("profile-state").textContent = follows ? "已关注" : "还没有关注";
}

function drawBubble(bubble, now) {
  if (bubble.at - state.lastAt > PAUSE_BETWEEN_TIMES || bubble.at < state.lastAt) {
    $("messages").append(make("p", "time", timeWords(bubble.at, now)));
  }
  state.lastAt = bubble.at;
  $("messages").append(bubble.from === "notice" ? make("p", "notice", bubble.content) : drawMessage(bubble));
}

function drawMessage(bubble) {
  if (bubble.kind === "news") return newsCard(bubble.articles);
  const row = make("div", `row ${bubble.from}`);
  row.dataset.kind = bubble.kind;
  const face = make("span", "avatar", bubble.from === "citizen" ? "我" : ACCOUNT[0]);
  face.setAttribute("aria-hidden", "true");
  row.append(face, content(bubble));
  return row;
}

function content(bubble) {
  const box = make("div", "bubble");
  if (bubble.kind === "text") box.append(...textNodes(bubble.content, { open: openArticle, send }));
  else if (bubble.kind === "image" && bubble.url) {
    const picture = make("img");
    picture.src = bubble.url;
    picture.alt = "发出的图片";
    picture.addEventListener("load", () => { $("messages").scrollTop = $("messages").scrollHeight; });
    box.classList.add("bare");
    box.append(picture);
  } else if (bubble.kind === "location") {
    const place = make("span", "place");
    place.append(make("span", "", bubble.content));
    box.classList.add("bare");
    box.append(place);
  } else if (bubble.kind === "voice") box.textContent = `语音 ${bubble.content || ""}`;
  else box.textContent = bubble.title || { image: "［图片］", video: "［视频］", music: "［音乐］" }[bubble.kind] || "［消息］";
  return box;
}

function newsCard(articles) {
  const card = make("div", "card");
  articles.forEach((article, index) => {
    const link = anchor(/^https?:\/\//i.test(article.url) ? article.url : "#", "");
    const words = make("span", "words");
    const picture = article.picture || article.thumb_url;
    if (picture) {
      const shown = make("img", index ? "thumb" : "cover");
      shown.src = picture;
      shown.alt = "";
      if (index === 0) link.append(shown);
      link.append(words);
      if (index) link.append(shown);
    } else link.append(words);
    words.append(make("strong", "", article.title));
    const about = article.description || article.digest;
    if (about && articles.length === 1) words.append(make("small", "", about));
    link.target = "_blank";
    link.rel = "noopener";
    link.addEventListener("click", (event) => { if (openArticle(article.url)) event.preventDefault(); });
    card.append(link);
  });
  return card;
}

/** A time as WeChat writes it, where the account is: 09:30 today, 3月2日 09:30 this year, else with the year. */
function timeWords(at, now) {
  const then = parts(at), today = parts(now);
  const clock = `${then.hour}:${then.minute}`;
  if (then.year === today.year && then.month === today.month && then.day === today.day) return clock;
  return `${then.year === today.year ? "" : `${then.year}年`}${+then.month}月${+then.day}日 ${clock}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: document.body.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

function parts(stamp) {
  return Object.fromEntries(CLOCK.formatToParts(new Date(stamp * 1000)).map((part) => [part.type, part.value]));
}

// ---- the menu

function drawMenu(menu) {
  state.menu = JSON.stringify(menu);
  $("menu").replaceChildren(...(menu ? menu.button : []).map(topButton));
  $("menu-toggle").hidden = !menu;
  showBar();
}

function topButton(button) {
  const box = make("div", "top");
  const top = make("button", "", button.name);
  top.type = "button";
  box.append(top);
  const subs = button.sub_button || [];
  if (!subs.length) {
    top.addEventListener("click", () => tap(button));
    return box;
  }
  const list = make("div", "sub");
  list.hidden = true;
  list.append(...subs.map((sub) => {
    const item = make("button", "", sub.name);
    item.type = "button";
    item.addEventListener("click", () => tap(sub));
    return item;
  }));
  box.classList.add("has-sub");
  top.setAttribute("aria-expanded", "false");
  top.addEventListener("click", () => {
    const opens = list.hidden;
    closeSubs();
    list.hidden = !opens;
    top.setAttribute("aria-expanded", String(opens));
  });
  box.append(list);
  return box;
}

function closeSubs() {
  for (const list of document.querySelectorAll("#menu .sub")) {
    list.hidden = true;
    list.previousElementSibling.setAttribute("aria-expanded", "false");
  }
}

function tap(button) {
  closeSubs();
  showTab("chat");
  const url = button.url || "";
  if (button.type === "view" && !openArticle(url)) window.open(url, "_blank", "noopener");
  act("tap", { button });
}

function showBar() {
  const menu = state.menu !== "null" && state.menu !== "" && !state.keyboard;
  $("menu-bar").hidden = !menu;
  $("composer").hidden = menu;
  $("more").hidden = true;
}

function useKeyboard(keyboard) {
  state.keyboard = keyboard;
  showBar();
  if (keyboard) $("message-input").focus();
}

// ---- tabs, profile, reader

function showTab(name) {
  for (const tab of ["chat", "articles"]) {
    $(tab).hidden = tab !== name;
    $(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
  }
  $("bar").hidden = name !== "chat" || !state.follows;
  if (name === "articles") listArticles();
}

async function listArticles() {
  const { articles, now } = await (await fetch(address("articles"))).json();
  const cards = articles.filter((push) => push.articles.length).flatMap((push) => [
    make("p", "time", timeWords(push.at, now)), newsCard(push.articles),
  ]);
  $("articles").replaceChildren(...(cards.length ? cards : [make("p", "empty", "还没有文章")]));
}

/** Opens an article of this platform inside the phone; says whether it did. */
function openArticle(url) {
  if (!url.startsWith(`${location.origin}/s/`)) return false;
  $("reader-frame").src = url;
  $("reader").showModal(); // what is behind it cannot be reached; closing gives the focus back
  return true;
}

function showProfile(visible) {
  $("profile").hidden = !visible;
  $("profile-button").setAttribute("aria-expanded", String(visible));
  (visible ? $("profile-close") : $("profile-button")).focus();
}

// ---- what people do

function send(text, menuId = "") {
  return act("say", { text, menu_id: menuId });
}

async function submit(event) {
  event.preventDefault();
  const text = $("message-input").value.trim();
  if (!text) return;
  $("message-input").value = "";
  typed();
  if (!(await send(text))) { $("message-input").value = text; typed(); }
}

function typed() {
  const any = $("message-input").value.trim() !== "";
  $("send-button").hidden = !any;
  $("more-button").hidden = any;
}

function toggleMore(visible) {
  $("more").hidden = !visible;
  $("messages").scrollTop = $("messages").scrollHeight;
  $("more-button").setAttribute("aria-expanded", String(visible));
}

function sendPicture() {
  const [file] = $("picture-input").files;
  if (!file) return;
  const form = new FormData();
  form.append("picture", file);
  act("picture", form);
  $("picture-input").value = "";
  toggleMore(false);
}

async function follow() {
  showProfile(false);
  showTab("chat");
  await act("follow");
}

$("composer").addEventListener("submit", submit);
$("message-input").addEventListener("input", typed);
$("menu-toggle").addEventListener("click", () => useKeyboard(false));
$("keyboard-toggle").addEventListener("click", () => useKeyboard(true));
$("more-button").addEventListener("click", () => toggleMore($("more").hidden));
$("picture-input").addEventListener("change", sendPicture);
$("location-button").addEventListener("click", () => { toggleMore(false); act("location"); });
$("voice-button").addEventListener("click", () => { toggleMore(false); act("voice"); });
$("follow-button").addEventListener("click", follow);
$("profile-follow").addEventListener("click", follow);
$("unfollow-button").addEventListener("click", () => { showProfile(false); act("unfollow"); });
$("profile-button").addEventListener("click", () => showProfile(true));
$("profile-close").addEventListener("click", () => showProfile(false));
$("tab-chat").addEventListener("click", () => showTab("chat"));
$("tab-articles").addEventListener("click", () => showTab("articles"));
$("reader-close").addEventListener("click", () => $("reader").close());
$("reader").addEventListener("close", () => { $("reader-frame").src = "about:blank"; });
document.addEventListener("click", (event) => { if (!event.target.closest("#menu")) closeSubs(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeSubs();
  if (!$("reader").open && !$("profile").hidden) showProfile(false);
});
typed();
poll();
