<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Recurve</name>
    <message>
        <source>Classify and correct</source>
        <translation>Klassifizieren und korrigieren</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>Classifies an image with a convolutional network and corrects the map with a recurrent one.</source>
        <translation>Klassifiziert ein Bild mit einem faltenden neuronalen Netz und korrigiert die Karte mit einem rekurrenten.</translation>
    </message>
    <message>
        <source>deep learning,neural network,cnn,rnn,onnx,segmentation,land cover,classification</source>
        <translation>Deep Learning,neuronales Netz,CNN,RNN,ONNX,Segmentierung,Landbedeckung,Klassifikation,neural network,segmentation,land cover,classification</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Classifier (empty: urban land cover)</source>
        <translation>Klassifikator (leer: städtische Landbedeckung)</translation>
    </message>
    <message>
        <source>Corrector (empty: the classifier&apos;s)</source>
        <translation>Korrektor (leer: der zum Klassifikator gehörende)</translation>
    </message>
    <message>
        <source>Iterations of the correction (empty: as trained)</source>
        <translation>Iterationen der Korrektur (leer: wie beim Training)</translation>
    </message>
    <message>
        <source>Extent (empty: the whole image)</source>
        <translation>Ausdehnung (leer: das ganze Bild)</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Tile side in pixels (0: automatic)</source>
        <translation>Kantenlänge der Kacheln in Pixeln (0: automatisch)</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Recurve needs the Python package onnxruntime, which this QGIS has not got: run the following command in a terminal (on Windows in the OSGeo4W shell), then try again: {command} (with an NVIDIA GPU: onnxruntime-gpu instead of onnxruntime).</source>
        <translation>Recurve braucht das Python-Paket onnxruntime, das in diesem QGIS fehlt: Führen Sie den folgenden Befehl in einem Terminal aus (unter Windows in der OSGeo4W-Shell) und versuchen Sie es dann erneut: {command} (mit einer NVIDIA-GPU: onnxruntime-gpu statt onnxruntime).</translation>
    </message>
    <message>
        <source>The classifier, an .onnx file made by Recurve. Empty: the one for urban land cover that comes with Recurve (5 classes, colour images with pixels of about 1 m).</source>
        <translation>Der Klassifikator, eine von Recurve erzeugte .onnx-Datei. Leer: der mit Recurve gelieferte für städtische Landbedeckung (5 Klassen, Farbbilder mit Pixeln von etwa 1 m).</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file that was trained for this classifier. Empty: the one that comes with Recurve for this classifier; where there is none, the map is not corrected, and the log says so.</source>
        <translation>Der Korrektor, eine .onnx-Datei, die für diesen Klassifikator trainiert wurde. Leer: der mit Recurve gelieferte für diesen Klassifikator; wo es keinen gibt, wird die Karte nicht korrigiert, und das Protokoll vermerkt es.</translation>
    </message>
    <message>
        <source>How often the corrector is applied. Empty: as often as it was trained for. 0: the classifier&apos;s map, not corrected.</source>
        <translation>Wie oft der Korrektor angewendet wird. Leer: so oft wie beim Training. 0: die Karte des Klassifikators, nicht korrigiert.</translation>
    </message>
    <message>
        <source>The part of the image to classify: the pixels whose centre is in it. The map has the image&apos;s pixels there, neither shifted nor resampled. Empty: the whole image.</source>
        <translation>Der zu klassifizierende Teil des Bildes: die Pixel, deren Mittelpunkt darin liegt. Die Karte hat dort die Pixel des Bildes, weder verschoben noch neu berechnet. Leer: das ganze Bild.</translation>
    </message>
    <message>
        <source>Polygons: only pixels whose centre is in one of them get a class, and tiles without any are skipped. Empty: all pixels.</source>
        <translation>Polygone: Nur Pixel, deren Mittelpunkt in einem von ihnen liegt, erhalten eine Klasse; Kacheln ohne solche Pixel werden übersprungen. Leer: alle Pixel.</translation>
    </message>
    <message>
        <source>Where the networks run. auto: the fastest one that works on this computer. A named one is used or the algorithm stops and says why; it never falls back in silence. In qgis_process and scripts the name is given: DEVICE=CPU.</source>
        <translation>Worauf die Netze rechnen. auto: das schnellste Gerät, das auf diesem Computer funktioniert. Ein ausdrücklich gewähltes wird verwendet, oder der Algorithmus bricht ab und nennt den Grund; er weicht nie stillschweigend auf ein anderes aus. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU.</translation>
    </message>
    <message>
        <source>The map, a GeoTIFF on the image&apos;s grid: 1, 2, 3, ... are the classes in the classifier&apos;s order, 0 is no data. Class names, colours and how the map was made are in the file.</source>
        <translation>Die Karte, ein GeoTIFF im Pixelgitter des Bildes: 1, 2, 3, ... sind die Klassen in der Reihenfolge des Klassifikators, 0 bedeutet keine Daten. Klassennamen, Farben und die Entstehung der Karte sind in der Datei festgehalten.</translation>
    </message>
    <message>
        <source>How sure the networks are of the class of each pixel: 0 to 100 %, 255 where there is no data.</source>
        <translation>Wie sicher sich die Netze der Klasse jedes Pixels sind: 0 bis 100 %; 255, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>The score of each class (the numbers before softmax), after correction: one band per class, NaN where there is no data.</source>
        <translation>Die Bewertung jeder Klasse (die Zahlen vor dem Softmax) nach der Korrektur: ein Kanal je Klasse, NaN, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>The image&apos;s bands in the order the classifier expects, for example 3, 2, 1 for an image stored as blue, green, red. Empty: the bands that bear the classifier&apos;s band names in the image (as description, or else as colour); where a name is missing or there twice, the first bands of the image, as many as the classifier needs. The log says which are taken.</source>
        <translation>Die Kanäle des Bildes in der Reihenfolge, die der Klassifikator erwartet, zum Beispiel 3, 2, 1 für ein Bild, das als Blau, Grün, Rot gespeichert ist. Leer: die Kanäle, die im Bild die Kanalnamen des Klassifikators tragen (als Beschreibung oder sonst als Farbe); wo ein Name fehlt oder zweimal da ist, die ersten Kanäle des Bildes, so viele, wie der Klassifikator braucht. Das Protokoll nennt, welche genommen werden.</translation>
    </message>
    <message>
        <source>Resample the image</source>
        <translation>Bild umrechnen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>To the network&apos;s pixel size</source>
        <translation>Auf die Pixelgröße des Netzes</translation>
    </message>
    <message>
        <source>What the networks see where the image&apos;s pixels are smaller or larger than those they were trained on. Off: the image as it is; the log warns where the size does not fit. To the network&apos;s pixel size: tile by tile, the mean of the pixels that a larger one covers, or values between the pixels&apos; centres. The scores come back to the image&apos;s pixels in the same way, so the map is on the image&apos;s own grid, and pixels without data stay without data. Up to 16 times larger or smaller; the image must be georeferenced.</source>
        <translation>Was die Netze sehen, wenn die Pixel des Bildes kleiner oder größer sind als die, mit denen sie trainiert wurden. Aus: das Bild, wie es ist; das Protokoll warnt, wenn die Größe nicht passt. Auf die Pixelgröße des Netzes: Kachel für Kachel der Mittelwert der Pixel, die ein größeres bedeckt, oder Werte zwischen den Pixelmitten. Die Bewertungen kommen ebenso auf die Pixel des Bildes zurück; die Karte liegt also auf dem Raster des Bildes, und Pixel ohne Daten bleiben ohne Daten. Bis zu 16-mal größer oder kleiner; das Bild muss georeferenziert sein.</translation>
    </message>
    <message>
        <source>Pixel size of a layer from a server (0: the network&apos;s)</source>
        <translation>Pixelgröße eines Layers von einem Server (0: die des Netzes)</translation>
    </message>
    <message>
        <source>The image: a raster file, also on a server (/vsicurl/https://...), or a WMS, WMTS or XYZ layer, with the bands the classifier was trained on, in raw values (nothing needs to be scaled). Pixels without data, by the raster&apos;s nodata value, alpha band or mask, stay without data in the map. Images without georeferencing are classified in pixel space; rotated ones have to be warped first.</source>
        <translation>Das Bild: eine Rasterdatei, auch auf einem Server (/vsicurl/https://...), oder ein WMS-, WMTS- oder XYZ-Layer, mit den Kanälen, mit denen der Klassifikator trainiert wurde, in Rohwerten (nichts muss skaliert werden). Pixel, die laut Leerwert, Alphakanal oder Maske des Rasters keine Daten haben, bleiben auch in der Karte ohne Daten. Bilder ohne Georeferenzierung werden in Pixelkoordinaten klassifiziert; gedrehte müssen vorher transformiert werden.</translation>
    </message>
    <message>
        <source>Describe network</source>
        <translation>Netz beschreiben</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Shows what a network says about itself, the devices and versions here, and how its self-test does on each device.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt, welche Geräte und Versionen es hier gibt und wie sein Selbsttest auf jedem Gerät ausfällt.</translation>
    </message>
    <message>
        <source>network,contract,metadata,self-test,onnx,gpu,cuda,device,diagnostics,bug report</source>
        <translation>Netz,Metadaten,Selbsttest,ONNX,GPU,CUDA,Gerät,Grafikkarte,Diagnose,Fehlerbericht,network,contract,metadata,self-test,device,diagnostics,bug report</translation>
    </message>
    <message>
        <source>Network (empty: the classifier for urban land cover)</source>
        <translation>Netz (leer: der Klassifikator für städtische Landbedeckung)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
        <source>Devices on which the network runs</source>
        <translation>Geräte, auf denen das Netz läuft</translation>
    </message>
    <message>
        <source>Result of the self-test on each device</source>
        <translation>Ergebnis des Selbsttests auf jedem Gerät</translation>
    </message>
    <message>
        <source>Shows what a network says about itself (bands, classes, pixel size, reach, training), the versions of all that takes part, the devices of this computer, NVIDIA&apos;s libraries found or missing, and why a device cannot be used. On each device that can, it runs the self-test that is stored in the network&apos;s file: the scores must be those its author saw. Copy the report when you report a fault. Without ONNX Runtime it shows all but the devices, and how to install it.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt (Kanäle, Klassen, Pixelgröße, Reichweite, Training), die Versionen aller Beteiligten, die Geräte dieses Computers, welche Bibliotheken von NVIDIA gefunden wurden oder fehlen und warum ein Gerät nicht verwendet werden kann. Auf jedem verwendbaren Gerät läuft der Selbsttest, der in der Datei des Netzes steht: Die Bewertungen müssen die sein, die sein Autor gesehen hat. Kopieren Sie den Bericht, wenn Sie einen Fehler melden; er ist auf Englisch. Ohne ONNX Runtime zeigt er alles außer den Geräten, und wie man es installiert.</translation>
    </message>
    <message>
        <source>The network, an .onnx file made by Recurve: a classifier or a corrector. Empty: the classifier for urban land cover that comes with Recurve.</source>
        <translation>Das Netz, eine von Recurve erzeugte .onnx-Datei: ein Klassifikator oder ein Korrektor. Leer: der mit Recurve gelieferte Klassifikator für städtische Landbedeckung.</translation>
    </message>
    <message>
        <source>The report as a page, for the Results Viewer and for others; the log shows the same.</source>
        <translation>Der Bericht als Seite, für die Ergebnisanzeige und zum Weitergeben; das Protokoll zeigt dasselbe.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>In which numbers the networks compute. auto: fp16 (half precision) on a graphics card where the networks&apos; self-test shows that at least 99.9 % of the pixels keep their class, else fp32. fp16 needs the Python package onnx beside ONNX Runtime. A named precision is used or the algorithm stops and says why.</source>
        <translation>In welchen Zahlen die Netze rechnen. auto: fp16 (halbe Genauigkeit) auf einer Grafikkarte, wenn der Selbsttest der Netze zeigt, dass mindestens 99,9 % der Pixel ihre Klasse behalten, sonst fp32. fp16 braucht neben ONNX Runtime das Python-Paket onnx. Eine genannte Genauigkeit wird verwendet, oder der Algorithmus hält an und sagt, warum.</translation>
    </message>
    <message>
        <source>For WMS, WMTS and XYZ layers: the size of the pixels to fetch, in the units of the layer&apos;s coordinate reference system. 0: the network&apos;s pixel size at the middle of the extent. Of layers made of tiles the nearest size that the server has is taken. The extent has to be given, and only what is in it, and some way around, is fetched; what the server shows transparently is without data. Mind the server&apos;s terms of use.</source>
        <translation>Für WMS-, WMTS- und XYZ-Layer: die Größe der Pixel, die geholt werden, in den Einheiten des Koordinatenbezugssystems des Layers. 0: die Pixelgröße des Netzes in der Mitte der Ausdehnung. Bei Layern aus Kacheln wird die nächste Größe genommen, die der Server hat. Die Ausdehnung muss angegeben werden, und nur was in ihr und ein Stück um sie herum liegt, wird geholt; was der Server durchsichtig zeigt, ist ohne Daten. Die Nutzungsbedingungen des Servers sind zu beachten.</translation>
    </message>
    <message>
        <source>Gives each pixel of an image a class with a convolutional network (the classifier) and then corrects the map with a recurrent network (the corrector), which has learned to move class boundaries onto the edges of the image. The image is read tile by tile, so it may be of any size; the map does not depend on the tiles, unless the classifier looks farther than a tile can (the log says so).</source>
        <translation>Gibt jedem Pixel eines Bildes mit einem faltenden neuronalen Netz (dem Klassifikator) eine Klasse und korrigiert die Karte dann mit einem rekurrenten Netz (dem Korrektor), das gelernt hat, Klassengrenzen auf die Kanten des Bildes zu schieben. Das Bild wird Kachel für Kachel gelesen und darf daher beliebig groß sein; die Karte hängt nicht von den Kacheln ab, es sei denn, der Klassifikator sieht weiter, als eine Kachel reichen kann (das Protokoll sagt es dann).</translation>
    </message>
    <message>
        <source>Largest width and height of a tile, in pixels. 0: chosen automatically. Smaller tiles need less memory and more time; the map stays the same, unless the log says that tiles are blended.</source>
        <translation>Größte Breite und Höhe einer Kachel in Pixeln. 0: automatisch gewählt. Kleinere Kacheln brauchen weniger Speicher und mehr Zeit; die Karte bleibt dieselbe, es sei denn, das Protokoll sagt, dass Kacheln überblendet werden.</translation>
    </message>
</context>
</TS>
