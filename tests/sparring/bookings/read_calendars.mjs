// Reads a JSON array of iCalendar texts on stdin with ical.js and writes what it finds in each as
// JSON. Every value is read, so that a value that ical.js refuses ends the run with its message.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const everyValue = (component) => {
  for (const property of component.getAllProperties()) {
    for (const value of property.getValues()) String(value);
  }
  component.getAllSubcomponents().forEach(everyValue);
};

const instant = (time) => time.toJSDate().toISOString();

const eventOf = (component) => {
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: value("uid"),
    sequence: value("sequence"),
    status: value("status"),
    summary: value("summary"),
    location: value("location") ?? "",
    description: value("description") ?? "",
    url: value("url"),
    start: instant(value("dtstart")),
    end: instant(value("dtend")),
    attendees: component.getAllProperties("attendee").map((property) => [
      property.getFirstValue().replace(/^mailto:/, ""),
      property.getParameter("cn"),
      property.getParameter("partstat"),
    ]),
  };
};

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  everyValue(calendar);
  const refresh = calendar.getFirstPropertyValue("refresh-interval");
  return {
    method: calendar.getFirstPropertyValue("method"),
    refresh: refresh ? String(refresh) : null,
    events: calendar.getAllSubcomponents("vevent").map(eventOf),
  };
};

const texts = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map(read)));
