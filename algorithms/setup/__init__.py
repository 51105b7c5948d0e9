"""What Recurve needs beside QGIS: Python packages, and the folder of its own where they are."""
